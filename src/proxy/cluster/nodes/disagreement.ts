import { isState, states, stateWord } from "../../../upgrade/status.ts";
import { versionText } from "../../../upgrade/version.ts";

/** From one moment of the steady clock to another an address has said this, without a failure in between. */
export type Stretch = { readonly value: string; readonly from: number; readonly to: number };

/** What one address says of its cluster. */
export type Claims = {
  readonly url: string;
  readonly state: Stretch | null;
  readonly version: Stretch | null;
};

/** A list of more names helps nobody. */
const mostNamed = 4;

/**
 * Who says what, where addresses of one cluster have said different things at the same time; null where they agree. What
 * one said before another changed its mind is no disagreement.
 *
 * @param claims the address that the picture follows in front
 */
export function disagreementOf(claims: readonly Claims[]): string | null {
  const heard = claims.filter(({ state }) => state !== null);
  const others = heard.filter((one) => heard.some((other) => differ(one, other)));
  if (others.length === 0) {
    return null;
  }
  const named = others.slice(0, mostNamed).map(wordsOf);
  const more = others.length - named.length;
  const rest = more > 0 ? `; and ${more} more` : "";
  const isRestarting = others.some(
    ({ state }) => state !== null && isState(state.value) && states[state.value].precedesRestart,
  );
  const followed = claims[0];
  const judgement = isRestarting
    ? " While nodes restart that is normal for a short time."
    : followed === undefined
      ? ""
      : ` The picture follows ${hostOf(followed.url)}.`;
  return `Nodes disagree: ${named.join("; ")}${rest}.${judgement}`;
}

function differ(one: Claims, other: Claims): boolean {
  return contradict(one.state, other.state) || contradict(one.version, other.version);
}

function contradict(one: Stretch | null, other: Stretch | null): boolean {
  return (
    one !== null &&
    other !== null &&
    one.value !== other.value &&
    Math.max(one.from, other.from) <= Math.min(one.to, other.to)
  );
}

function wordsOf({ url, state, version }: Claims): string {
  const word = state === null ? "nothing" : stateWord(state.value);
  return `${hostOf(url)} says ${word}${version === null ? "" : ` on ${versionText(version.value)}`}`;
}

/** Host and port, as people know an address. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
