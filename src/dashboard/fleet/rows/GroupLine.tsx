import type { ReactNode, Ref } from "react";
import { moment } from "../../ui/format.ts";
import type { Section } from "../select.ts";
import { waveOf, waveWords, type Standing } from "../wave.ts";
import { edgeClass } from "./grid.ts";

type GroupLineProperties = {
  readonly ref: Ref<HTMLTableRowElement>;
  readonly index: number;
  /** The label's name, e.g. `wave`. */
  readonly label: string;
  readonly section: Section;
  readonly zone: string;
  readonly now: number;
};

const tones = {
  failed: "tone-act",
  look: "tone-look",
  waiting: "tone-person",
  running: "tone-preparing",
  done: "tone-done",
  next: "tone-idle",
} as const satisfies Record<Standing, string>;

/** From what is behind to what asks for someone. */
const barOrder = [
  "done",
  "next",
  "running",
  "waiting",
  "look",
  "failed",
] as const satisfies readonly Standing[];

/** The heading of a group: how far it is as a whole, whatever the filters leave of it. */
export default function GroupLine(properties: GroupLineProperties): ReactNode {
  const { ref, index, label, section, zone, now } = properties;
  const wave = waveOf(section.whole);
  const title = section.value === null ? `No ${label}` : `${label} ${section.value}`;
  const until =
    wave.windowEnd === null ? "" : ` · window until ${moment(wave.windowEnd, now, zone)}`;
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={`block border-b border-line bg-raised ${edgeClass(index)}`}
    >
      <th
        scope="rowgroup"
        className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 text-xs font-semibold"
      >
        <span className="first-letter:uppercase">{`${title}${until}`}</span>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium text-muted">
          <span aria-hidden="true" className="flex h-2 w-32 overflow-hidden rounded-full">
            {barOrder.map((standing) => (
              <span
                key={standing}
                className={`${tones[standing]} ${standing === "look" || standing === "failed" ? "bg-tone" : "bg-band"}`}
                style={{ flexGrow: wave.counts[standing] }}
              />
            ))}
          </span>
          {waveWords(wave)}
        </span>
      </th>
    </tr>
  );
}
