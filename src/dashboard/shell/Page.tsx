import { type ReactNode, Suspense } from "react";
import type { Received } from "../api/fetchJson.ts";
import { type Crumb, Header } from "./Header.tsx";
import { LostBar } from "./LostBar.tsx";
import { Notices } from "./Notices.tsx";
import { Asides, Cues } from "./cues/later.ts";
import { clustersOf, type PageAnswer } from "./pageAnswer.ts";
import { isNewBuild } from "./reload/newBuild.ts";
import { useTitle } from "./useTitle.ts";
import { useZone } from "./zone.ts";

type PageProperties = {
  /** What the browser's tab says. */
  readonly title: string;
  readonly trail: readonly Crumb[];
  /** The newest answer; undefined until there is one. */
  readonly received: Received<PageAnswer> | undefined;
  /** Why the last question failed, where it did. */
  readonly error?: Error | null;
  readonly siteZone: string;
  /** The wall that belongs to this page. */
  readonly wallHref?: string;
  readonly children: ReactNode;
};

/** What all of the admin's pages share: the way here, freshness, notices, and the words for a lost server. */
export function Page({
  title,
  trail,
  received,
  error = null,
  siteZone,
  wallHref = "/wall",
  children,
}: PageProperties): ReactNode {
  const zone = useZone(siteZone);
  useTitle(title);
  return (
    <>
      <a
        href="#main"
        onClick={focusMain}
        className="sr-only focus:not-sr-only focus:absolute focus:z-30 focus:bg-panel focus:px-4 focus:py-2"
      >
        Skip to content
      </a>
      <LostBar received={received} zone={zone} error={error} />
      <Header
        trail={trail}
        received={received}
        zone={zone}
        wallHref={wallHref}
        cues={
          received === undefined ? null : (
            <Suspense>
              <Cues title={title} received={received} abouts={clustersOf(received.answer)} />
            </Suspense>
          )
        }
      />
      <Suspense>
        <Asides
          isOffered={isNewBuild(received, error)}
          received={received}
          className="border-b border-line px-4 py-1.5 text-sm text-muted sm:px-7"
        />
      </Suspense>
      {received !== undefined && (
        <Notices notices={received.answer.notices} now={received.answer.now} zone={zone} />
      )}
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[110rem] px-4 py-5 outline-none sm:px-7"
      >
        {children}
      </main>
    </>
  );
}

/** A fragment link would be resolved against the base address and leave this page. */
function focusMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
