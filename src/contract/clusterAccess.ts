/** How a cluster is reached: its addresses, how to sign in, and why its certificate is trusted. */
export type ClusterAccess = {
  /** Origins such as `https://10.20.0.11:8000`; at least one. */
  readonly nodes: readonly string[];
  readonly auth: ClusterAuth;
  readonly trust: ClusterTrust;
  /** What the cluster should call itself; null where that is not to be checked. */
  readonly clusterName: string | null;
};

/** How to sign in; secrets are only ever named by file or environment variable. */
export type ClusterAuth =
  | { readonly kind: "none" }
  | { readonly kind: "token-file"; readonly path: string }
  | { readonly kind: "token-environment"; readonly name: string }
  | { readonly kind: "password"; readonly username: string; readonly passwordFile: string };

/** Why the cluster's certificate is trusted. */
export type ClusterTrust =
  | { readonly kind: "system"; readonly serverName: string | null }
  | { readonly kind: "ca-file"; readonly path: string; readonly serverName: string | null }
  /** Upper-case hexadecimal with colons; two while a certificate is being replaced. */
  | { readonly kind: "fingerprint"; readonly sha256: readonly string[] }
  | { readonly kind: "insecure" };
