import type { ReactNode } from "react";
import { Link } from "wouter";
import { useTitle } from "./useTitle.ts";

/** An address that is none of the page's. */
export default function NotFound(): ReactNode {
  useTitle("Not found");
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-3 p-6">
      <h1 className="text-2xl font-semibold">There is nothing at this address</h1>
      <p className="text-muted">A cluster is at /clusters/ and its id, the wall at /wall.</p>
      <Link href="/" className="underline underline-offset-4">
        All clusters
      </Link>
    </main>
  );
}
