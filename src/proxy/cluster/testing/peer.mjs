/** A node in a process of its own, for tests that stop it in its tracks: serves one reply over HTTPS and prints its port. */
import { createServer } from "node:https";

const {
  PEER_CERTIFICATE: cert,
  PEER_KEY: key,
  PEER_REPLY: reply,
  PEER_BACKLOG: backlog,
} = process.env;

const server = createServer({ cert, key }, (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(reply);
});
server.listen({ port: 0, host: "127.0.0.1", backlog: Number(backlog) }, () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" ? address?.port : ""}\n`);
});
