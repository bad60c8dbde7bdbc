/** The generations of the status endpoint: where each is asked, how its reply is read, what an older one can't tell. */
import { isState, type UpgradeSettings } from "../upgrade/status.ts";
import { type Remark, readBody, type ReplyBody, type ReplyHeaders } from "./clusterBody.ts";
import { type Reading, readStatusReply } from "./clusterReply.ts";
import { cutErrorInfo, shortText } from "./clusterText.ts";

/** A generation of the status endpoint; 3 is today's. */
export type Generation = 1 | 2 | 3;

/** All generations, the newest first: the order in which they are looked for. */
export const generations = [3, 2, 1] as const satisfies readonly Generation[];

type Reader = (bytes: ReplyBody, headers: ReplyHeaders) => Reading;

/** How a 200 reply of each generation is read; the second has the body of the third. */
export const statusReaders = {
  1: readFirstGeneration,
  2: readStatusReply,
  3: readStatusReply,
} as const satisfies Record<Generation, Reader>;

/** What reading an older generation means, in plain words; null for today's. */
export const olderApiWords = {
  1: "This cluster has only the first generation of the upgrade API (/v1/upgrade/status). It tells the state and the error, but no percentage, no target version, no type of upgrade and not whether the commit is automatic: there is no forecast, and nothing can prove that an upgrade took.",
  2: "This cluster has only the second generation of the upgrade API (/v2/upgrade/status). It tells the same as today's.",
  3: null,
} as const satisfies Record<Generation, string | null>;

const longestErrorInfo = 16 * 1024;
const longestPath = 256;
const longestWord = 64;

/**
 * Reads a 200 reply of `GET /v1/upgrade/status` (releases before 5.2.1) into today's names. Never throws.
 *
 * Its body is `{ install_path, state, details, error_message, error_state, is_blocked, blocked_reason }`, with states
 * such as `UPGRADE_PREPARING`.
 */
function readFirstGeneration(bytes: ReplyBody, headers: ReplyHeaders): Reading {
  const body = readBody(bytes, headers);
  if (!body.ok) {
    return { quality: "invalid", reason: body.reason, message: body.message, errorInfo: null };
  }
  const { fields } = body;
  const errorInfo = errorOf(fields["error_message"], fields["error_state"]);
  const given = fields["state"];
  if (typeof given !== "string" || given === "") {
    const message = "The reply names no state.";
    return { quality: "invalid", reason: "no-state", message, errorInfo };
  }
  const remarks: Remark[] = [...body.remarks];
  const named = given.replace(/^UPGRADE_/, "UPGRADE_STATE_");
  const state = isState(named) ? named : shortText(given, longestWord);
  if (!isState(named)) {
    remarks.push({ field: "state", message: `The state ${state} is not one of the six.` });
  }
  const path = fields["install_path"];
  const settings =
    typeof path === "string" && path !== "" ? onlyPath(shortText(path, longestPath)) : null;
  const status = { state, progress: null, settings, error_info: errorInfo };
  return { quality: remarks.length === 0 ? "ok" : "suspect", status, remarks };
}

function onlyPath(path: string): UpgradeSettings {
  return {
    install_path: path,
    target_version: null,
    upgrade_type: null,
    auto_commit: null,
    do_rolling_reboot: null,
    num_nodes_to_reboot: null,
  };
}

/** The message where there is one, else the name of the error; null where the cluster reports none. */
function errorOf(message: unknown, name: unknown): string | null {
  if (typeof message === "string" && message.trim() !== "") {
    return cutErrorInfo(message, longestErrorInfo);
  }
  const isNone =
    typeof name !== "string" || name.trim() === "" || name === "UPGRADE_ERROR_NO_ERROR";
  return isNone ? null : shortText(name, longestWord);
}
