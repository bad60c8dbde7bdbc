/** What the soak and the process that it watches say to each other. */
import { connect } from "node:net";
import * as z from "zod/mini";

/** What the process is started with beside the options of the program. */
export const ordersSchema = z.object({
  time: z.object({ speed: z.number(), beginsAt: z.number(), originMs: z.number() }),
  /** How long it shall believe to have been up. */
  uptimeMs: z.number(),
  /** Where it tells its figures. */
  socket: z.string(),
});

const figuresSchema = z.object({
  /** All of its memory in bytes: the most, and the least, since this was asked last. */
  mostRss: z.number(),
  leastRss: z.number(),
  /** In bytes, after a collection of what is not used. */
  heapUsed: z.number(),
  external: z.number(),
  /** Open file descriptors. */
  files: z.number(),
  /** What keeps the process busy, its timers apart. */
  resources: z.number(),
  timers: z.number(),
  /** How late its event loop was since this was asked last. */
  loopP99Ms: z.number(),
});

/** See {@link ordersSchema}. */
export type SoakOrders = z.infer<typeof ordersSchema>;

/** What the process uses. */
export type ProcessFigures = z.infer<typeof figuresSchema>;

/** Asks the process for its figures. */
export async function askFigures(socketPath: string): Promise<ProcessFigures> {
  const socket = connect(socketPath).setEncoding("utf8");
  let text = "";
  for await (const chunk of socket) {
    text += String(chunk);
  }
  return figuresSchema.parse(JSON.parse(text));
}
