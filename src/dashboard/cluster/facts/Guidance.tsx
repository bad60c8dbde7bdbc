import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { moment, offsetLabel } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { useClock } from "../../timeline/liveClock.ts";

type GuidanceProperties = {
  readonly status: Pick<ClusterStatus, "runbook" | "contact" | "ticket" | "windowEnd">;
  readonly zone: string;
};

/** Whom to call and what to read, where the configuration tells. */
export function Guidance({ status, zone }: GuidanceProperties): ReactNode {
  const clock = useClock();
  const { runbook, contact, ticket, windowEnd } = status;
  if (runbook === null && contact === null && ticket === null && windowEnd === null) {
    return null;
  }
  return (
    <Panel title="If it goes wrong">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-[13px]">
        {runbook === null ? null : (
          <Fact name="Runbook">
            <a
              href={runbook}
              target="_blank"
              rel="noreferrer"
              className="break-words underline underline-offset-4"
            >
              {runbook.replace(/^https?:\/\//, "")}
            </a>
          </Fact>
        )}
        {contact === null ? null : <Fact name="Contact">{contact}</Fact>}
        {ticket === null ? null : <Fact name="Ticket">{ticket}</Fact>}
        {windowEnd === null ? null : (
          <Fact name="Change window">
            until {moment(windowEnd, clock.now(), zone)} {offsetLabel(windowEnd, zone)}
          </Fact>
        )}
      </dl>
    </Panel>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 font-medium">{children}</dd>
    </>
  );
}
