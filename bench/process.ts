/** What a process has used, as Linux counts it. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Seconds of processor time that a process has used since it began, in all its threads. */
export function processorSeconds(processId: number): number {
  const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
  // The name in brackets may hold anything, so the fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory of a process that is resident now, in MB. */
export function residentMegabytes(processId: number): number {
  const [, kibibytes = "0"] =
    /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, "utf8")) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** All samples of one metric on a page of metrics added up. */
export async function metricSum(url: string, name: string): Promise<number> {
  const page = await (await fetch(url)).text();
  const samples = page.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+]+)$`, "gm"));
  return [...samples].reduce((total, [, value]) => total + Number(value), 0);
}
