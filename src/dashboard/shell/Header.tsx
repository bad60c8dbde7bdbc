import { Fragment, type ReactNode, Suspense } from "react";
import { Link } from "wouter";
import type { Received } from "../api/fetchJson.ts";
import { serverNow } from "../api/usePolled.ts";
import { offsetLabel, timeOfDay } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Ticking } from "../ui/Ticking.tsx";
import { controlClass, ZoneButton } from "./Controls.tsx";
import { FreshnessLine } from "./FreshnessLine.tsx";
import type { PageAnswer } from "./pageAnswer.ts";
import { lazyPart } from "./reload/lazyPart.ts";

const HeaderButtons = lazyPart("header-buttons", async () => import("./HeaderButtons.tsx"));

/** One step of the way to this page. */
export type Crumb = { readonly label: string; readonly href?: string; readonly code?: string };

type HeaderProperties = {
  readonly trail: readonly Crumb[];
  readonly received: Received<PageAnswer> | undefined;
  readonly zone: string;
  readonly wallHref: string;
  /** What stands beside the freshness: what draws notice to a change. */
  readonly cues: ReactNode;
};

/** Where one is, how fresh it is, what time it is. */
export function Header({ trail, received, zone, wallHref, cues }: HeaderProperties): ReactNode {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line bg-panel px-4 py-2.5 sm:px-7">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <Link href="/" className="flex items-center gap-3 font-semibold">
          <Icon shape="logo" className="size-5 text-preparing" />
          Upgrade Watch
        </Link>
        <Trail trail={trail} />
        {received?.answer.simulated === true && (
          <span className="rounded-md border border-dashed border-control px-2 py-0.5 text-xs font-semibold tracking-wide text-look">
            Simulated
          </span>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 max-sm:gap-x-2">
        {received !== undefined && (
          <>
            <FreshnessLine received={received} zone={zone} />
            <span className="flex items-center gap-1">
              <Ticking
                isClock
                text={() => timeOfDay(serverNow(received), zone)}
                className="font-mono text-sm font-medium"
              />
              <ZoneButton label={offsetLabel(received.answer.now, zone)} />
            </span>
          </>
        )}
        {cues}
        <Suspense>
          <HeaderButtons />
        </Suspense>
        <Link href={wallHref} className={controlClass}>
          Wall
        </Link>
      </div>
    </header>
  );
}

function Trail({ trail }: { readonly trail: readonly Crumb[] }): ReactNode {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex flex-wrap items-center gap-x-3">
        {trail.map(({ label, href, code }) => (
          <Fragment key={label}>
            <li aria-hidden="true" className="text-muted">
              /
            </li>
            <li className="min-w-0">
              {href === undefined ? (
                <span aria-current="page" className="font-semibold">
                  {label}
                </span>
              ) : (
                <Link href={href} className="text-muted hover:text-text">
                  {label}
                </Link>
              )}
              {code !== undefined && (
                <span className="ml-3 font-mono text-xs text-muted max-sm:hidden">{code}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
