import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { Redirect, useSearchParams } from "wouter";
import type { FleetAnswer } from "../api/fleet/answer.ts";
import type { Received } from "../api/fetchJson.ts";
import { clustersQuery, lanesQuery } from "../api/fleet/queries.ts";
import { Page } from "../shell/Page.tsx";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { Guarded } from "../ui/Guarded.tsx";
import { commonZone, useZone } from "../shell/zone.ts";
import { attentionOrder } from "./attentionOrder.ts";
import { Counts } from "./Counts.tsx";
import { FleetTable } from "./FleetTable.tsx";
import { FleetTools } from "./FleetTools.tsx";
import { type FleetParameters, fleetParameters, toggled, withParameters } from "./parameters.ts";
import { offersOf, select } from "./select.ts";
import { type Verdict, verdicts } from "../../upgrade/verdictNames.ts";

const FleetSince = lazyPart("fleet-since", async () => import("./since/FleetSince.tsx"));

/** All clusters; with exactly one there is nothing to choose, so it is shown at once. */
export default function FleetPage(): ReactNode {
  const { data: received, error } = useQuery(clustersQuery);
  const [address] = useSearchParams();
  const clusters = received?.answer.clusters ?? noClusters;
  const siteZone = useMemo(() => commonZone(clusters), [clusters]);
  const [first, second] = clusters;
  if (first !== undefined && second === undefined) {
    const query = address.size === 0 ? "" : `?${address.toString()}`;
    return <Redirect to={`/clusters/${encodeURIComponent(first.id)}${query}`} replace />;
  }
  return (
    <Page
      title="Fleet"
      trail={[{ label: "Fleet" }]}
      received={received}
      error={error}
      siteZone={siteZone}
    >
      <h1 className="sr-only">Fleet</h1>
      {received === undefined ? (
        <p className="text-muted">Asking the server …</p>
      ) : (
        <Fleet received={received} siteZone={siteZone} />
      )}
    </Page>
  );
}

const noClusters: readonly [] = [];

type FleetProperties = { readonly received: Received<FleetAnswer>; readonly siteZone: string };

function Fleet({ received, siteZone }: FleetProperties): ReactNode {
  const zone = useZone(siteZone);
  const [address, setAddress] = useSearchParams();
  const parameters = useMemo(() => fleetParameters(address), [address]);
  const { clusters, now } = received.answer;
  const [inOrder] = useState(attentionOrder);
  const sorted = useMemo(() => inOrder(clusters), [inOrder, clusters]);
  const selection = useMemo(() => select(sorted, parameters), [sorted, parameters]);
  const offers = useMemo(() => offersOf(clusters), [clusters]);
  const { data: lanes } = useQuery(lanesQuery(parameters.hours, now));
  const change = useCallback(
    (next: Partial<FleetParameters>): void => {
      // Every letter of a search is no step of its own on the way back.
      setAddress((before) => withParameters(before, { ...fleetParameters(before), ...next }), {
        replace: true,
      });
    },
    [setAddress],
  );
  const { verdicts: chosen } = parameters;
  const toggle = useCallback(
    (verdict: Verdict) => change({ verdicts: toggled(verdicts, chosen, verdict) }),
    [change, chosen],
  );
  return (
    <div className="flex flex-col gap-4">
      <Guarded name="What changed since you last looked">
        <Suspense>
          <FleetSince
            answer={received.answer}
            lanes={lanes?.answer}
            hours={parameters.hours}
            zone={zone}
          />
        </Suspense>
      </Guarded>
      <Counts clusters={selection.counted} chosen={chosen} onToggle={toggle} />
      <FleetTools parameters={parameters} offers={offers} onChange={change} />
      <FleetTable
        received={received}
        selection={selection}
        parameters={parameters}
        lanes={lanes?.answer}
        zone={zone}
      />
    </div>
  );
}
