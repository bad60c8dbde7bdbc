import type { ReactNode } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../contract/runs.ts";
import { controlClass } from "../../shell/Controls.tsx";
import { againstHref, replayHref, runHref, runsHref } from "../../shell/runs/runHref.ts";
import { FileTools } from "./Files.tsx";

type RunToolsProperties = { readonly run: RunDetail };

/** Where to go from here, and what can be done with this upgrade. */
export function RunTools({ run }: RunToolsProperties): ReactNode {
  const { cluster, previous, next } = run;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 print:hidden">
      <nav aria-label="Other upgrades" className="flex flex-wrap gap-2">
        {previous === null ? null : (
          <Link href={runHref({ cluster, id: previous })} className={controlClass}>
            ← Earlier upgrade
          </Link>
        )}
        {next === null ? null : (
          <Link href={runHref({ cluster, id: next })} className={controlClass}>
            Later upgrade →
          </Link>
        )}
        <Link href={runsHref(cluster)} className={controlClass}>
          All of this cluster
        </Link>
      </nav>
      <div role="group" aria-label="This upgrade" className="flex flex-wrap gap-2">
        <Link href={replayHref(run)} className={controlClass}>
          Replay
        </Link>
        <Link href={againstHref(run)} className={controlClass}>
          Compare
        </Link>
        <FileTools run={run} />
        <button type="button" className={controlClass} onClick={() => print()}>
          Print
        </button>
      </div>
    </div>
  );
}
