import { type Behaviour, type ClusterSituation, nodeView } from "../situation.ts";
import type { Certificate } from "./certificate.ts";
import { type Handshake, Listener, type RequestHandler } from "./listener.ts";

const handshakes: Partial<Record<Behaviour, Handshake>> = {
  "broken-tls": "broken",
  "silent-tls": "silent",
};

/** The listening sockets of a pretend cluster, one a node. */
export class Nodes {
  private readonly listeners: readonly Listener[];
  private settled = Promise.resolve();

  constructor(
    count: number,
    certificate: Certificate,
    handle: (node: number, ...request: Parameters<RequestHandler>) => void,
  ) {
    this.listeners = Array.from(
      { length: count },
      (_, node) => new Listener(certificate, (...request) => handle(node, ...request)),
    );
  }

  get urls(): readonly string[] {
    return this.listeners.map(({ port }) => `https://127.0.0.1:${port}`);
  }

  /**
   * Gives every node its port.
   *
   * @param port the first node's; the others take the next ones, so that a pretend cluster is found again after a
   *   restart. 0 picks free ones
   * @throws when a port is taken; then none is held
   */
  async open(port: number): Promise<void> {
    try {
      for (const [node, listener] of this.listeners.entries()) {
        await listener.open(port === 0 ? 0 : port + node);
      }
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Brings all sockets into the state that the situation tells; done once its promise is fulfilled. */
  settle(situation: ClusterSituation): Promise<void> {
    const apply = async (): Promise<void> => {
      await Promise.all(
        this.listeners.map((listener, node) => {
          const { behaviour } = nodeView(situation, node);
          listener.shakeHands(handshakes[behaviour] ?? "proper");
          return behaviour === "refused" ? listener.close() : listener.open(0);
        }),
      );
    };
    // One after another, or a port would be opened while it is still being closed.
    this.settled = this.settled.then(apply, apply);
    return this.settled;
  }

  /** Shows another certificate from now on. */
  present(certificate: Certificate): void {
    for (const listener of this.listeners) {
      listener.present(certificate);
    }
  }

  /** Closes all sockets, once what was begun before is done. */
  async close(): Promise<void> {
    await Promise.allSettled([this.settled]);
    await Promise.all(this.listeners.map((listener) => listener.close()));
  }
}
