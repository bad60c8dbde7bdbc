/** What a cluster of the built-in fleet lived through before: upgrades as its present one, gone well. */
import { dayMs, minuteMs, secondMs } from "../upgrade/duration.ts";
import type { Observation } from "../upgrade/observation.ts";
import { applyChange, observe, type Span } from "../upgrade/span.ts";
import type { EpochMs } from "../upgrade/status.ts";
import type { FleetRole } from "./fleetRoles.ts";
import {
  type Phase,
  type Scenario,
  scenarioMs,
  situationAt,
  type UpgradeKind,
} from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import {
  away,
  commit,
  idle,
  minute,
  prepared,
  preparing,
  rollingReboot,
  software,
} from "./stories/phases.ts";

/** How long ago each of them was, oldest first, and how much longer than the present pace it took. */
const upgrades = [
  { daysAgo: 131, slower: 1.12 },
  { daysAgo: 97, slower: 0.94 },
  { daysAgo: 54, slower: 1.21 },
  { daysAgo: 19, slower: 1.03 },
] as const;

const pollMs = secondMs;
const idlePollMs = 5 * secondMs;
const usualPreparingSeconds = 14 * minute;
const waitSeconds = 25 * minute;
/** Nobody looked on when what is told now began; the longest of it is under four minutes old at the start. */
const endedAgoMs = 6 * minuteMs;

/**
 * What Upgrade Watch would have heard of four earlier upgrades, by the fold that writes down real ones. The fleet is new
 * at each start, and without a past it could show neither a forecast nor a comparison.
 *
 * @param role the cluster's part in the fleet; its pace is that of its present upgrade
 * @returns spans, oldest first, up to some minutes before `now`
 */
export function pastOf(role: FleetRole, now: EpochMs): readonly Span[] {
  const scenario = earlierUpgrade(scenarios[role.scenario]);
  const node = `https://${role.id}.simulated.example:8000`;
  let spans: readonly Span[] = [];
  for (const [index, { daysAgo, slower }] of upgrades.entries()) {
    const from = now - daysAgo * dayMs;
    const pace = role.speed / slower;
    const firstRelease = index - upgrades.length;
    const wholeMs = scenarioMs(scenario) / pace;
    spans = [
      ...stretched(spans, from),
      ...heard(scenario, { from, wholeMs, pace, firstRelease, node }),
    ];
  }
  return stretched(spans, now - endedAgoMs);
}

type Upgrade = {
  readonly from: EpochMs;
  readonly wholeMs: number;
  /** How much faster than real time. */
  readonly pace: number;
  readonly firstRelease: number;
  readonly node: string;
};

function heard(
  scenario: Scenario,
  { from, wholeMs, pace, firstRelease, node }: Upgrade,
): readonly Span[] {
  let spans: readonly Span[] = [];
  for (let passedMs = 0; passedMs < wholeMs; passedMs += pollMs) {
    const { state, progress, settings, errorInfo, version, behaviour } = situationAt(
      scenario,
      passedMs * pace,
      firstRelease,
    );
    const at = from + passedMs;
    const poll = { startedAt: at, at, node };
    const observation: Observation =
      behaviour === "answering"
        ? {
            ...poll,
            kind: "status",
            status: { state, progress, settings, error_info: errorInfo },
            version,
          }
        : {
            ...poll,
            kind: "unreachable",
            failure: { kind: "refused", message: "The connection was refused." },
          };
    spans = applyChange(spans, observe(spans.at(-1), observation, pollMs));
  }
  return spans;
}

/** The last span goes on until then, polled at leisure. */
function stretched(spans: readonly Span[], until: EpochMs): readonly Span[] {
  const last = spans.at(-1);
  return last === undefined
    ? []
    : [
        ...spans.slice(0, -1),
        { ...last, to: until, polls: last.polls + Math.floor((until - last.to) / idlePollMs) },
      ];
}

/** An upgrade of the same kind and pace as a scenario's, from idle to idle. */
function earlierUpgrade({ phases, nodes }: Scenario): Scenario {
  const kind: UpgradeKind =
    phases.find(({ upgrade }) => upgrade !== undefined)?.upgrade ?? software;
  return {
    description: "an earlier upgrade",
    nodes,
    phases: [
      idle(minute),
      preparing(preparingSeconds(phases), kind),
      ...(kind.auto_commit === true ? [] : [prepared(waitSeconds, kind)]),
      ...commit(kind),
      away(25, kind),
      ...(kind.do_rolling_reboot === true
        ? rollingReboot({
            order: Array.from({ length: nodes }, (_, node) => node),
            floating: true,
          }).map((phase) => ({ ...phase, upgrade: kind, release: 1 }))
        : []),
      idle(minute, 1),
    ],
  };
}

/** How long all hundred percent take, at the pace of those that are told. */
function preparingSeconds(phases: readonly Phase[]): number {
  const moving = phases.filter(
    ({ progress, behaviour }) =>
      progress !== undefined && progress[1] > progress[0] && behaviour === undefined,
  );
  const percents = moving.reduce(
    (sum, { progress = [0, 0] }) => sum + progress[1] - progress[0],
    0,
  );
  const seconds = moving.reduce((sum, phase) => sum + phase.seconds, 0);
  return percents < 50 ? usualPreparingSeconds : (seconds / percents) * 100;
}
