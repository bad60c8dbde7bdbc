/** How a cluster answers. `away` is an absence where absence is expected. */
export const links = ["answering", "away", "outage", "denied", "unseen"] as const;
export type Link = (typeof links)[number];

/** Every verdict, the most urgent first: the highest that holds wins. */
export const verdicts = [
  "failed",
  "outage",
  "denied",
  "unproven",
  "stalled",
  "late",
  "anomaly",
  "waiting",
  "slow",
  "away",
  "running",
  "done",
  "idle",
  "unseen",
] as const;
export type Verdict = (typeof verdicts)[number];

/** What a verdict asks of people. */
export const attentions = ["none", "look", "person", "act"] as const;
export type Attention = (typeof attentions)[number];

/** How an upgrade and its change window stand to each other; `unknown` while nothing is forecast. */
export const windowFits = ["fits", "at-risk", "overruns", "over", "unknown"] as const;
export type WindowFit = (typeof windowFits)[number];

/** A verdict with its reason: the rule for logs and tests, the words and the figure for people. */
export type Decision = {
  readonly verdict: Verdict;
  readonly attention: Attention;
  /** The rule that held, in kebab case. */
  readonly reason: string;
  readonly headline: string;
  /** The rule and the figure behind it, in plain English. */
  readonly detail: string;
};
