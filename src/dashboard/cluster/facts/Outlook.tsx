import { type FormEvent, type ReactNode, useId } from "react";
import { useSearchParams } from "wouter";
import type { ClusterStatus } from "../../../contract/api.ts";
import { offsetLabel } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { windowInAddress } from "../windowAddress.ts";
import { outlookRows } from "./outlook.ts";
import { localText, zonedMoment } from "../../shell/zonedMoment.ts";

type OutlookProperties = {
  readonly status: ClusterStatus;
  readonly live: boolean;
  readonly zone: string;
};

/** What is forecast and what it rests on, and whether the change window is long enough; its end can be given here. */
export function Outlook({ status, live, zone }: OutlookProperties): ReactNode {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.get("window");
  const inAddress = windowInAddress(text);
  const end = inAddress ?? status.windowEnd;
  const rows = live ? outlookRows(status, end, zone) : [];
  if (rows.length === 0) {
    return null;
  }
  const give = (at: number | null): void => {
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        if (at === null) {
          next.delete("window");
        } else {
          next.set("window", new Date(at).toISOString().replace(".000Z", "Z"));
        }
        return next;
      },
      { replace: true },
    );
  };
  return (
    <Panel title="Outlook">
      <dl className="grid gap-y-3 text-[13px]">
        {rows.map(({ name, value, note, tone }) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4">
            <dt className="text-muted">{name}</dt>
            <dd className="font-medium tabular-nums">{value}</dd>
            {note === null ? null : (
              <dd
                className={`basis-full ${tone === "plain" ? "text-muted" : `tone-${tone} font-medium text-tone`}`}
              >
                {note}
              </dd>
            )}
          </div>
        ))}
      </dl>
      <WindowForm
        key={end}
        end={end}
        now={status.now}
        zone={zone}
        isOwn={text !== null}
        onGive={give}
      />
      {text !== null && inAddress === null ? (
        <p role="status" className="mt-2 text-[13px] text-muted">
          The address gives a window that is no moment (“{text.slice(0, 40)}”); it is ignored.
        </p>
      ) : null}
    </Panel>
  );
}

type WindowFormProperties = {
  readonly end: number | null;
  readonly now: number;
  readonly zone: string;
  /** Whether the address gives one, which can be taken back. */
  readonly isOwn: boolean;
  readonly onGive: (at: number | null) => void;
};

function WindowForm({ end, now, zone, isOwn, onGive }: WindowFormProperties): ReactNode {
  const field = useId();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get("end");
    const at = typeof given === "string" ? zonedMoment(given, zone) : null;
    if (at !== null) {
      onGive(at);
    }
  };
  const button = "rounded-md border border-edge px-2 py-1 font-medium max-sm:min-h-11";
  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-center gap-2 text-[13px]">
      <label htmlFor={field} className="text-muted">
        Window ends ({offsetLabel(end ?? now, zone)})
      </label>
      <input
        id={field}
        name="end"
        type="datetime-local"
        required
        defaultValue={end === null ? "" : localText(end, zone)}
        className="min-w-0 grow rounded-md border border-edge bg-panel px-2 py-1 max-sm:min-h-11"
      />
      <button type="submit" className={button}>
        Set
      </button>
      {isOwn ? (
        <button type="button" className={button} onClick={() => onGive(null)}>
          Clear
        </button>
      ) : null}
    </form>
  );
}
