import { type ReactNode, useEffect, useRef } from "react";
import type { SignedOut } from "../../api/signedOut.ts";
import { useRoute } from "wouter";
import { Icon } from "../../ui/Icon.tsx";
import { SignInForm } from "./SignInForm.tsx";

type SignedOutProperties = { readonly signedOut: SignedOut };

/** A page to sign in, or a bar over the picture that was there. */
export default function SignIn({ signedOut }: SignedOutProperties): ReactNode {
  return signedOut.hasPicture ? (
    <SignInBar signedOut={signedOut} />
  ) : (
    <SignInPage signedOut={signedOut} />
  );
}

function SignInPage({ signedOut }: SignedOutProperties): ReactNode {
  const [isWall] = useRoute("/wall/*?");
  useEffect(() => {
    const before = document.title;
    document.title = "Sign in · Upgrade Watch";
    return () => {
      document.title = before;
    };
  }, []);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 p-6">
      <p className="flex items-center gap-3 font-semibold">
        <Icon shape="logo" className="size-5 text-preparing" />
        Upgrade Watch
      </p>
      <div className="flex flex-col gap-5 rounded-xl border border-line bg-panel p-6">
        <h1 className="text-2xl font-semibold">Sign in</h1>
        <Ways signedOut={signedOut} />
      </div>
      {isWall && (
        <p className="text-sm text-muted">
          A screen that nobody touches needs no password: whoever runs the server gives it a display
          pass, with <code className="font-mono">upgrade-watch pass create</code>.
        </p>
      )}
    </main>
  );
}

function SignInBar({ signedOut }: SignedOutProperties): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <div className="fixed inset-x-0 bottom-0 z-30 flex flex-wrap items-center justify-center gap-x-5 gap-y-2 bg-now px-4 py-3 text-[clamp(1rem,1.5vw,2rem)] text-now-text">
        <p role="alert">
          <strong>Sign in again.</strong> What you see is from before and no longer updates.
        </p>
        <button
          type="button"
          className="rounded-md border border-current px-3 py-1 font-semibold"
          onClick={() => dialog.current?.showModal()}
        >
          Sign in
        </button>
      </div>
      <dialog
        ref={dialog}
        aria-labelledby="sign-in-again"
        className="m-auto w-full max-w-md rounded-xl border border-line bg-panel p-6 text-text backdrop:bg-page/60"
      >
        <div className="flex flex-col gap-5">
          <h2 id="sign-in-again" className="text-2xl font-semibold">
            Sign in again
          </h2>
          <Ways signedOut={signedOut} />
          <button
            type="button"
            className="self-center text-sm text-muted underline underline-offset-4 hover:text-text"
            onClick={() => dialog.current?.close()}
          >
            Not now
          </button>
        </div>
      </dialog>
    </>
  );
}

function Ways({ signedOut }: SignedOutProperties): ReactNode {
  return (
    <>
      <p className="text-sm text-muted">{signedOut.message}</p>
      {signedOut.byPassword ? (
        <SignInForm />
      ) : (
        <button
          type="button"
          className="rounded-md border border-control px-4 py-2.5 text-base font-semibold"
          onClick={() => location.reload()}
        >
          Load this page again
        </button>
      )}
    </>
  );
}
