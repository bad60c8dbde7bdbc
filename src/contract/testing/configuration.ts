/** Readings of configuration files for the specs. */
import { type Configuration, readConfiguration } from "../configuration.ts";
import { type ConfigurationFault, faultLine } from "../configurationFault.ts";

export const surroundings = {
  resolvePath: (path: string) => `/etc/uw/${path}`,
  defaultZone: "UTC",
};

export const pin = "ab".repeat(32);
export const pinWritten = Array.from({ length: 32 }, () => "AB").join(":");
export const cluster = { id: "lon", nodes: ["https://10.20.0.11:8000"] };

/** A file that can be used. */
export function read(value: unknown): Configuration {
  const result = readConfiguration(value, surroundings);
  if (!result.ok) {
    throw new Error(result.faults.map(faultLine).join("\n"));
  }
  return result.configuration;
}

export function faults(value: unknown): readonly ConfigurationFault[] {
  const result = readConfiguration(value, surroundings);
  return result.ok ? [] : result.faults;
}

export function faultyPaths(value: unknown): readonly string[] {
  return faults(value).map((fault) => fault.path);
}

/** The only cluster of a file, with some fields of its own. */
export function firstCluster(fields: object) {
  return read({ clusters: [{ ...cluster, ...fields }] }).clusters[0];
}
