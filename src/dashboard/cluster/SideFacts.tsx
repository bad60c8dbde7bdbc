import type { ReactNode } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import { Guidance } from "./facts/Guidance.tsx";
import { Nodes } from "./facts/Nodes.tsx";
import { RawReply } from "./facts/RawReply.tsx";

/** What the side column is drawn from. */
export type SideFactsProperties = { readonly status: ClusterStatus; readonly zone: string };

/** Below the settings: the nodes, whom to ask, and the raw reply. */
export function SideFacts({ status, zone }: SideFactsProperties): ReactNode {
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
