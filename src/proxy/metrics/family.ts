import { Counter, Gauge, type Registry } from "prom-client";

/** One value of a family, with the labels that tell it from the others. */
export type Sample = {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Labels that many samples have; one object for all of them is written out once, which halves a scrape. */
  readonly sharedLabels?: Readonly<Record<string, string>>;
};

/** All values of one name, as Prometheus knows them. */
export type Family<Facts> = {
  /** Follows Prometheus' rules: base units, `_total` for what only ever counts up. */
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly read: (facts: Facts) => readonly Sample[];
};

/** Registers a family whose values are read when they are asked for. */
export function register<Facts>(
  { name, help, type, read }: Family<Facts>,
  facts: () => Facts,
  registry: Registry,
): void {
  const settings = { name, help, registers: [registry] };
  const values = () => [...read(facts())];
  // The library would keep a value and its labels for each of a thousand clusters, and hash them at every scrape.
  if (type === "gauge") {
    class ReadGauge extends Gauge {
      override async get() {
        return { ...(await super.get()), values: values() };
      }
    }
    registry.registerMetric(new ReadGauge(settings));
  } else {
    class ReadCounter extends Counter {
      override async get() {
        return { ...(await super.get()), values: values() };
      }
    }
    registry.registerMetric(new ReadCounter(settings));
  }
}

/** The one sample of a family without labels. */
export function one(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}

/** A condition as Prometheus has it. */
export function flag(holds: boolean): 0 | 1 {
  return holds ? 1 : 0;
}
