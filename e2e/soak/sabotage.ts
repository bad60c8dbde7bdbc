/** What leaks in a sabotaged build, and by which measure the soak must find it. */

/** A change to the source: exactly this text is replaced, where it stands once. */
export type Patch = { readonly file: string; readonly find: string; readonly replace: string };

export type Sabotage = {
  readonly name: string;
  readonly patch: Patch;
  /** Which measure must fail: one that fails by chance proves nothing. */
  readonly caughtBy: RegExp;
};

const perAnswer = "  const body = parseJson(text);\n";
const whenExpired = `    const cancelExpiry = onExpiry(deadline, () => {
      progress.expired = true;
      // An abort signal would not do: undici heeds it only once a socket is connected.
      void drop();
    });
    try {
      return { ok: true, reply: await onceOrRaced(outgoing, progress) };
`;
const leftAlone = `    let leave = (): void => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(new Error("left alone"));
    });
    const cancelExpiry = onExpiry(deadline, () => {
      progress.expired = true;
      connection = undefined;
      leave();
    });
    try {
      return { ok: true, reply: await Promise.race([onceOrRaced(outgoing, progress), left]) };
`;
const perReply = "      onResponseData: (controller, chunk) => {\n";

export const sabotages: readonly Sabotage[] = [
  {
    name: "the page keeps every response",
    patch: {
      file: "src/dashboard/api/fetchJson.ts",
      find: perAnswer,
      replace: `${perAnswer}  Object.assign(globalThis, { kept: [Reflect.get(globalThis, "kept"), body] });\n`,
    },
    caughtBy: /^tab \d: heap$/,
  },
  {
    name: "the page adds one listener per poll",
    patch: {
      file: "src/dashboard/api/fetchJson.ts",
      find: perAnswer,
      replace: `${perAnswer}  globalThis.addEventListener("online", () => undefined);\n`,
    },
    caughtBy: /^tab \d: listeners$/,
  },
  {
    name: "the server keeps every reply",
    patch: {
      file: "src/proxy/cluster/transfer.ts",
      find: perReply,
      replace: `${perReply}        Object.assign(globalThis, { kept: [Reflect.get(globalThis, "kept"), chunk] });\n`,
    },
    caughtBy: /^server: (heap|buffers)$/,
  },
  {
    name: "the server never closes aborted bodies",
    patch: {
      file: "src/proxy/cluster/exchange.ts",
      find: whenExpired,
      replace: leftAlone,
    },
    caughtBy: /^server: open files$/,
  },
];
