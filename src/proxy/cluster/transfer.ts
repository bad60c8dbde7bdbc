import type { Client, Dispatcher } from "undici";
import type { ReplyHeaders } from "../../contract/clusterBody.ts";
import type { BodyGatherer, GatheredBody } from "../../contract/gatherBody.ts";

/** What was answered, of whose body no more is kept than a reader can need. */
export type Transfer = {
  readonly httpStatus: number;
  readonly headers: ReplyHeaders;
  readonly body: GatheredBody;
};

/**
 * Sends one request and takes its reply in as it comes: without the streams that undici puts around a body, which cost
 * more than all else of a small reply.
 *
 * @param gatherer takes its body in
 * @param onAnswered called as soon as the headers are there
 * @throws what undici does when the exchange fails
 */
export function transfer(
  client: Client,
  request: Pick<Dispatcher.DispatchOptions, "method" | "path" | "headers" | "body">,
  gatherer: BodyGatherer,
  onAnswered: () => void,
): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    let httpStatus = 0;
    let headers: ReplyHeaders = {};
    const finish = (): void => resolve({ httpStatus, headers, body: gatherer.end() });
    client.dispatch(request, {
      // Without it this would be taken for a handler of the older form.
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode, received) => {
        // An interim reply is none yet.
        if (statusCode >= 200) {
          httpStatus = statusCode;
          headers = received;
          onAnswered();
        }
      },
      onResponseData: (controller, chunk) => {
        if (!gatherer.take(chunk)) {
          finish();
          // Ends the socket with it: what else comes is never read.
          controller.abort(new Error("More came than is read."));
        }
      },
      onResponseEnd: finish,
      onResponseError: (_controller, error) => reject(error),
    });
  });
}
