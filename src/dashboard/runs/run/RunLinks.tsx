import type { ReactNode } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../contract/runs.ts";
import { runHref } from "../../shell/runs/runHref.ts";

/** The upgrades that this one belongs to: what it repeats, and what repeats it. */
export function RunLinks({ run }: { readonly run: RunDetail }): ReactNode {
  const { cluster, repeats, repeatedBy } = run;
  return repeats === null && repeatedBy === null ? null : (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {repeats === null ? null : (
        <li>
          It repeats{" "}
          <Link href={runHref({ cluster, id: repeats })} className="underline underline-offset-4">
            the prepare that was abandoned before it
          </Link>
          .
        </li>
      )}
      {repeatedBy === null ? null : (
        <li>
          It was abandoned and prepared again by{" "}
          <Link
            href={runHref({ cluster, id: repeatedBy })}
            className="underline underline-offset-4"
          >
            the next upgrade
          </Link>
          .
        </li>
      )}
    </ul>
  );
}
