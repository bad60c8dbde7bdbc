/** A store of allowances, one for each key: each holds so many at most and fills again with time. */
export type TokenBuckets = {
  /** Takes some. @returns 0 where they were there, else after how many ms they would be; then nothing is taken */
  readonly take: (key: string, cost?: number) => number;
  /** How many ms until one is there; takes nothing. */
  readonly waitMs: (key: string) => number;
  /** Fills one up. */
  readonly refill: (key: string) => void;
};

export type BucketSize = { readonly most: number; readonly perSecond: number };

type Bucket = { tokens: number; atMs: number };

/** So many keys are remembered; beyond that the least recently used are forgotten. */
const mostKeys = 20_000;

/** @param steadyNow milliseconds on a clock that is never set */
export function tokenBuckets(
  { most, perSecond }: BucketSize,
  steadyNow: () => number,
): TokenBuckets {
  const buckets = new Map<string, Bucket>();

  const filled = (key: string): Bucket => {
    const now = steadyNow();
    const before = buckets.get(key);
    const tokens =
      before === undefined
        ? most
        : Math.min(most, before.tokens + ((now - before.atMs) / 1000) * perSecond);
    return { tokens, atMs: now };
  };
  const missingMs = ({ tokens }: Bucket, cost: number): number =>
    tokens >= cost ? 0 : Math.ceil(((cost - tokens) / perSecond) * 1000);
  const keep = (key: string, bucket: Bucket): void => {
    // The order of a map is that of insertion: the one used last goes to the end.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > mostKeys) {
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest);
        break;
      }
    }
  };

  return {
    take: (key, cost = 1) => {
      const bucket = filled(key);
      const waitMs = missingMs(bucket, cost);
      keep(key, waitMs === 0 ? { ...bucket, tokens: bucket.tokens - cost } : bucket);
      return waitMs;
    },
    waitMs: (key) => missingMs(filled(key), 1),
    refill: (key) => void buckets.delete(key),
  };
}
