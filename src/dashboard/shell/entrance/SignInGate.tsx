import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { followSignedOut } from "../../api/signedOut.ts";

const loadSignIn = () => import("./SignIn.tsx");
const SignIn = lazy(loadSignIn);

/** When the first view is surely there; the means to sign in again are best at hand before they are needed. */
const preloadAfterMs = 3000;

/**
 * Lets the pages through while the server lets this browser in. Without a picture yet there is a page to sign in; over
 * one that was there it is drained, stays, and a bar says why. The pages below go on asking, and that is how it ends,
 * also after signing in in another tab.
 */
export function SignInGate({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [store] = useState(() => followSignedOut(client));
  const signedOut = useSyncExternalStore(store.subscribe, store.get);
  useEffect(() => {
    // What fails here is tried again, and told, when it is needed.
    const timer = setTimeout(() => void loadSignIn().catch(() => undefined), preloadAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <div
        className={signedOut?.hasPicture === false ? "hidden" : "contents"}
        data-live={signedOut === null ? undefined : "false"}
      >
        {children}
      </div>
      {signedOut !== null && (
        <Suspense fallback={<p className="p-6 text-muted">Sign in to see more.</p>}>
          <SignIn signedOut={signedOut} />
        </Suspense>
      )}
    </>
  );
}
