import { type ReactNode, useEffect } from "react";
import { Link } from "wouter";
import { useTitle } from "../useTitle.ts";

/** The address of a display pass that opens nothing: it was opened before, revoked, or is older than a day. */
export default function VoidPass(): ReactNode {
  useTitle("Display pass");
  useEffect(() => {
    // Neither the address bar nor the history keeps what it was.
    history.replaceState(null, "", new URL("pass/void", document.baseURI));
  }, []);
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-3 p-6">
      <h1 className="text-2xl font-semibold">This address opens nothing</h1>
      <p className="text-muted">
        The address of a display pass works once, within a day. This one was opened before, was
        revoked, or is too old. Whoever runs the server makes another with{" "}
        <code className="font-mono">upgrade-watch pass create</code>.
      </p>
      <Link href="/wall" className="underline underline-offset-4">
        The wall
      </Link>
    </main>
  );
}
