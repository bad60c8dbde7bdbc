import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { Guidance } from "./Guidance.tsx";
import { Nodes } from "./Nodes.tsx";
import { RawReply } from "./RawReply.tsx";

type LastFactsProperties = { readonly status: ClusterStatus; readonly zone: string };

/** What stands at the end of the side column, and comes last: the nodes, whom to ask, and the raw reply. */
export function LastFacts({ status, zone }: LastFactsProperties): ReactNode {
  return (
    <>
      {status.nodes.length > 1 ? (
        <Nodes nodes={status.nodes} asked={status.node} zone={zone} />
      ) : null}
      <Guidance status={status} zone={zone} />
      <RawReply status={status.status} />
    </>
  );
}
