import { randomBytes } from "node:crypto";
import { realClock, type SimulatorClock } from "./clock.ts";
import { type CertificateFacts, makeCertificate } from "./server/certificate.ts";
import { Desk, type SeenRequest } from "./server/desk.ts";
import { Nodes } from "./server/nodes.ts";
import { Sessions, type Users } from "./server/sessions.ts";
import {
  type Behaviour,
  type ClusterSituation,
  idleSituation,
  type NodeSituation,
  type RawReply,
  statusPath,
  withNode,
} from "./situation.ts";

/** A pretend cluster that is running. */
export type SimulatedCluster = {
  /** One address a node, e.g. `https://127.0.0.1:41234`. */
  readonly urls: readonly string[];
  /** The access token that it accepts; empty where it lets everyone in. */
  readonly token: string;
  readonly certificatePem: string;
  /** SHA-256 of its present certificate, `AA:BB:…`. */
  readonly fingerprint256: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Puts another certificate in place of the present one; connections are dropped. */
  readonly rotateCertificate: (facts?: CertificateFacts) => Promise<void>;
  /** Puts the certificate back that it began with; connections are dropped. */
  readonly restoreCertificate: () => void;
  /** Ends every session that a sign-in opened; the access token stays good. */
  readonly expireTokens: () => void;
  /** From now on another access token is the good one. */
  readonly replaceToken: (token: string) => void;
  readonly stop: () => Promise<void>;
};

/** A pretend cluster that is what a test says. Each change is in force once its promise is fulfilled. */
export type ManualCluster = SimulatedCluster & {
  /** Changes what it is; what is not named stays. */
  readonly set: (change: Partial<ClusterSituation>) => Promise<void>;
  /** Changes in what one node differs from the cluster. */
  readonly setNode: (node: number, change: Partial<NodeSituation>) => Promise<void>;
  /** Changes how one node behaves, or all of them. */
  readonly behave: (behaviour: Behaviour, node?: number) => Promise<void>;
  /** Sends this verbatim to whoever asks for a path (the status, unless said otherwise); null ends that. */
  readonly reply: (reply: RawReply | null, path?: string) => Promise<void>;
};

/** How to start a pretend cluster. */
export type ClusterOptions = {
  /** How many nodes have an address; one, unless said otherwise. */
  readonly nodes?: number;
  /** The first node's port; the others take the next ones. 0, the default, picks free ones. */
  readonly port?: number;
  /** The access token; made up when left out, and null lets everyone in. */
  readonly token?: string | null;
  /** Who may sign in by password. */
  readonly users?: Users;
  /** The cluster's own name. */
  readonly name?: string;
  readonly clock?: SimulatorClock;
  /** What its first certificate says, where that is not the usual. */
  readonly certificate?: CertificateFacts;
};

/** How to start a pretend cluster that is what a test says. */
export type ManualOptions = ClusterOptions & {
  /** What it is at first, where that is not idle and healthy. */
  readonly situation?: Partial<ClusterSituation>;
  /** Someone has asked for the commit of a prepared upgrade; left out, the cluster goes on to COMMITTING. */
  readonly onCommit?: () => void;
};

/**
 * Starts a pretend cluster on loopback, over HTTPS with a self-signed certificate, that stays as it is told to be.
 *
 * @throws when the port is taken
 */
export async function startManualCluster(options: ManualOptions = {}): Promise<ManualCluster> {
  const { nodes: count = 1, port = 0, name = "Simulated cluster", users = {} } = options;
  const { clock = realClock, onCommit = () => void change(beginCommit) } = options;
  let token = options.token ?? `access-v1:${randomBytes(24).toString("base64url")}`;
  const firstCertificate = await makeCertificate(options.certificate);
  let certificate = firstCertificate;
  let situation: ClusterSituation = { ...idleSituation, ...options.situation };
  const sessions = new Sessions(options.token === null ? null : token, users, clock.now);
  const desk = new Desk(situation, { sessions, name, commit: () => onCommit() });
  const nodes = new Nodes(count, certificate, (node, request, response, reset) => {
    void desk.answer(node, { request, response, reset, clock });
  });

  const change = (next: (present: ClusterSituation) => ClusterSituation): Promise<void> => {
    situation = next(situation);
    desk.show(situation);
    return nodes.settle(situation);
  };

  await nodes.open(port);
  const { urls } = nodes;
  await nodes.settle(situation);

  return {
    urls,
    get token() {
      return token;
    },
    get certificatePem() {
      return certificate.certificatePem;
    },
    get fingerprint256() {
      return certificate.fingerprint256;
    },
    requests: desk.requests,
    set: (news) => change((present) => ({ ...present, ...news })),
    setNode: (node, news) => change((present) => withNode(present, node, news)),
    behave: (behaviour, node) => change((present) => behaving(present, behaviour, node)),
    reply: (reply, path = statusPath) => change((present) => replying(present, reply, path)),
    rotateCertificate: async (facts) => {
      certificate = await makeCertificate(facts);
      nodes.present(certificate);
    },
    restoreCertificate: () => {
      certificate = firstCertificate;
      nodes.present(certificate);
    },
    expireTokens: () => sessions.expire(),
    replaceToken: (next) => {
      token = next;
      sessions.replaceToken(next);
    },
    stop: () => nodes.close(),
  };
}

function beginCommit(present: ClusterSituation): ClusterSituation {
  return { ...present, state: "UPGRADE_STATE_COMMITTING" };
}

function behaving(
  present: ClusterSituation,
  behaviour: Behaviour,
  node: number | undefined,
): ClusterSituation {
  if (node !== undefined) {
    return withNode(present, node, { behaviour });
  }
  const nodes = present.nodes.map((deviation) => ({ ...deviation, behaviour }));
  return { ...present, behaviour, nodes };
}

function replying(
  present: ClusterSituation,
  reply: RawReply | null,
  path: string,
): ClusterSituation {
  const { [path]: _, ...others } = present.replies;
  return { ...present, replies: reply === null ? others : { ...others, [path]: reply } };
}
