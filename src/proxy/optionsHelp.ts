/** What `--help` prints. */
export const helpText = `Upgrade Watch shows Qumulo clusters being upgraded, in a browser. It only ever reads.

  upgrade-watch                              a simulated fleet, to look around
  upgrade-watch --config upgrade-watch.yaml  the clusters in a file
  upgrade-watch --cluster lon=https://10.20.0.11:8000,https://10.20.0.12:8000 --fingerprint AB:CD:…
  upgrade-watch pin https://10.20.0.11:8000  the fingerprint of a certificate, to be checked and pinned
  upgrade-watch pass create "NOC left"       lets a wall display in for good; pass list, pass revoke ID
  upgrade-watch export history.ndjson.gz     takes the history along; upgrade-watch import reads it
                                             each has its own --help

Clusters
  --config FILE            the configuration file; its relative paths start from its folder
  --cluster [NAME=]URL[,URL…]
                           a cluster and its nodes; once for each cluster, instead of --config
    --fingerprint SHA256   trust this certificate (twice while it is being replaced)
    --ca FILE              trust these certificate authorities
    --insecure-tls         trust any certificate; the page says so for as long as it holds
                           each belongs to the --cluster before it
  UPGRADE_WATCH_TOKEN      in the environment: the access token for every --cluster

Server
  --host HOST              where to listen (127.0.0.1); other addresses need viewers in the file
  --port PORT              which port (4600); 0 picks a free one
  --data DIR               where the history is kept (./data)

  --check-config           say what is wrong with the configuration, and end
  --help, --version

Exit codes: 0 stopped, 1 can't start (port taken, data not to be opened), 2 unusable configuration.
`;
