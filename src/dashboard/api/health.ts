import * as z from "zod/mini";

const healthy = z.object({ status: z.literal("ok") });
const withinMs = 5000;

/**
 * Whether loading this page anew would find it: our own server says at this very moment that it serves, and gives the
 * page. A page that loads itself anew into a dead server ends as the browser's error page, which nothing ends.
 */
export async function canLoadAgain(ask: typeof fetch = fetch): Promise<boolean> {
  const options = { cache: "no-store", signal: AbortSignal.timeout(withinMs) } as const;
  try {
    const health = await ask(new URL("healthz", document.baseURI), options);
    if (!health.ok || !healthy.safeParse(await health.json()).success) {
      return false;
    }
    return (await ask(location.href, options)).ok;
  } catch {
    // No answer, or not ours: whatever the reason, there is nothing to load.
    return false;
  }
}
