import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import type { Clusters, Summary } from "../../contract/api.ts";
import type { Received } from "../api/fetchJson.ts";
import { freshnessNow, serverNow, useFreshness } from "../api/usePolled.ts";
import { ageWords, clockDuration } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Ticking } from "../ui/Ticking.tsx";
import { briefFingerprints } from "../shell/fingerprints.ts";
import { UncheckedMark } from "../shell/UncheckedMark.tsx";
import type { Versions } from "../shell/versions.ts";
import { fleetRow } from "./fleetRow.ts";
import { rowGrid } from "./rowGrid.ts";

type FleetLineProperties = {
  readonly summary: Summary;
  readonly received: Received<Clusters>;
  readonly zone: string;
};

/** One cluster of the fleet. */
export function FleetLine({ summary, received, zone }: FleetLineProperties): ReactNode {
  const row = fleetRow(summary, zone);
  const { since } = row;
  const dated = useMemo(() => {
    const { now, nextPollInMs } = received.answer;
    return { ...received, answer: { ...summary, now, nextPollInMs } };
  }, [summary, received]);
  // Without our server nothing is known of the present: what counts stands still, and no forecast holds.
  const isLost = useFreshness(dated, "proxyLost");
  const heard = (): string => {
    const { ageMs } = freshnessNow(dated);
    return ageMs === null ? "never" : `${ageWords(ageMs)} ago`;
  };
  return (
    <tr
      className={`${rowGrid} relative items-start gap-y-1 py-2.5 hover:bg-raised lg:items-center tone-${row.face.tone}`}
    >
      <th scope="row" className="min-w-0 font-semibold">
        <Link
          href={`/clusters/${encodeURIComponent(row.id)}`}
          className="after:absolute after:inset-0"
        >
          {row.name}
        </Link>
        <span className="block font-mono text-xs font-normal text-muted">{row.id}</span>
        <UncheckedMark about={summary} className="text-xs font-medium" />
      </th>
      <td className="col-span-full row-start-2 min-w-0 lg:col-span-1 lg:row-start-auto">
        <span className="flex items-center gap-2.5 text-[0.95rem] font-semibold text-tone">
          <Icon shape={row.face.shape} fraction={row.fraction} className="size-4" />
          {isLost ? `was: ${row.headline}` : row.headline}
        </span>
        {summary.attention !== "none" && (
          <span className="block pl-6.5 text-xs text-muted">{briefFingerprints(row.detail)}</span>
        )}
      </td>
      <td className="font-mono text-xs max-lg:col-start-2 max-lg:row-start-1 max-lg:text-right">
        {since === null ? (
          "—"
        ) : (
          <>
            {!row.sinceExact && <span title="It began before this.">≥ </span>}
            <Ticking
              text={() =>
                clockDuration((isLost ? received.answer.now : serverNow(received)) - since)
              }
            />
          </>
        )}
      </td>
      <td className="min-w-0">
        <Version version={row.version} />
      </td>
      <td className="min-w-0 text-muted max-lg:text-right">{isLost ? "—" : row.expected}</td>
      <td className="font-mono text-xs text-muted max-lg:col-start-2 max-lg:text-right">
        <Ticking text={heard} />
      </td>
    </tr>
  );
}

function Version({ version: { from, to } }: { readonly version: Versions }): ReactNode {
  return to === null ? (
    from
  ) : (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span className="text-muted">{from}</span>
      <Icon shape="arrow-right" className="size-3.5 text-muted" />
      <span className="sr-only">to</span>
      <span className="font-semibold">{to}</span>
    </span>
  );
}
