import type { UpgradeSettings, UpgradeStatus } from "../upgrade/status.ts";
import { isState } from "../upgrade/status.ts";
import {
  asRecord,
  type InvalidReason,
  readBody,
  type Remark,
  type ReplyBody,
  type ReplyHeaders,
} from "./clusterBody.ts";
import { cutErrorInfo, shortText } from "./clusterText.ts";

/** What a reply of the status endpoint says; `suspect` is shown with its remarks, `invalid` is a failed poll. */
export type Reading =
  | {
      readonly quality: "ok" | "suspect";
      readonly status: UpgradeStatus;
      readonly remarks: readonly Remark[];
    }
  | {
      readonly quality: "invalid";
      readonly reason: InvalidReason;
      readonly message: string;
      /** The cluster's error text, where the reply had one beside what was wrong with it. */
      readonly errorInfo: string | null;
    };

const longestErrorInfoBytes = 16 * 1024;
const longestWord = 64;
const longestPath = 256;
const mostNodes = 10_000;

const knownFields = ["state", "progress", "settings", "error_info"];

/**
 * Reads a 200 reply of `GET /v3/upgrade/status`: tolerant of what is odd, strict in what it claims. Never throws.
 *
 * @param replyBody the whole body, undecoded
 */
export function readStatusReply(replyBody: ReplyBody, headers: ReplyHeaders): Reading {
  const body = readBody(replyBody, headers);
  if (!body.ok) {
    return { quality: "invalid", reason: body.reason, message: body.message, errorInfo: null };
  }
  const { fields } = body;
  const remarks: Remark[] = [...body.remarks];
  const errorInfo = readErrorInfo(fields["error_info"], remarks);
  const state = fields["state"];
  if (typeof state !== "string" || state === "") {
    const message = "The reply names no state.";
    return { quality: "invalid", reason: "no-state", message, errorInfo };
  }
  if (/^UPGRADE_(?!STATE_)/.test(state) || Object.hasOwn(fields, "error_state")) {
    const message = "The reply has an older API shape; this cluster may be too old.";
    return { quality: "invalid", reason: "older-api-shape", message, errorInfo };
  }
  const shownState = isState(state) ? state : shortText(state, longestWord);
  if (!isState(state)) {
    remarks.push({ field: "state", message: `The state ${shownState} is not one of the six.` });
  }
  const missing = knownFields.filter((field) => !Object.hasOwn(fields, field));
  if (missing.length > 0) {
    const message = `The schema of the reply differs: it lacks ${missing.join(", ")}.`;
    remarks.push({ field: "schema", message });
  }
  const progress = readProgress(fields["progress"], state, remarks);
  const settings = readSettings(fields["settings"], remarks);
  const status = { state: shownState, progress, settings, error_info: errorInfo };
  // A field that nobody knows yet makes nothing doubtful of those that are known.
  const quality = remarks.length === 0 ? "ok" : "suspect";
  return { quality, status, remarks: [...remarks, ...unknownFields(fields)] };
}

const mostNamed = 3;

function unknownFields(fields: Readonly<Record<string, unknown>>): readonly Remark[] {
  const unknown = Object.keys(fields).filter((field) => !knownFields.includes(field));
  const named = unknown.filter((field) => /^[A-Za-z]\w{0,39}$/.test(field)).slice(0, mostNamed);
  const more = unknown.length - named.length;
  const words = [...named, ...(more === 0 ? [] : [`${more} more`])].join(", ");
  return unknown.length === 0
    ? []
    : [
        {
          field: "schema",
          message: `The schema of the reply differs: it has unknown fields (${words}).`,
        },
      ];
}

function readErrorInfo(value: unknown, remarks: Remark[]): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value !== "string") {
    remarks.push({ field: "error_info", message: "error_info is not a text." });
    return null;
  }
  return value.trim() === "" ? null : cutErrorInfo(value, longestErrorInfoBytes);
}

function readProgress(value: unknown, state: string, remarks: Remark[]): number | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value !== "number") {
    remarks.push({ field: "progress", message: `progress is ${typeName(value)}, not a number.` });
    return null;
  }
  if (value >= 0 && value <= 100) {
    // Minus zero would not equal the zero that the history gives back.
    return value + 0;
  }
  // A figure has no meaning outside PREPARING, so an odd one is no reason for a remark there.
  if (state === "UPGRADE_STATE_PREPARING") {
    remarks.push({ field: "progress", message: `progress is ${value}, which is no percentage.` });
  }
  return null;
}

const settingTypes = {
  install_path: "string",
  target_version: "string",
  upgrade_type: "string",
  auto_commit: "boolean",
  do_rolling_reboot: "boolean",
  num_nodes_to_reboot: "number",
} as const satisfies Record<keyof UpgradeSettings, string>;

const upgradeTypes = ["SOFTWARE_ONLY", "SOFTWARE_AND_PLATFORM"];

function readSettings(value: unknown, remarks: Remark[]): UpgradeSettings | null {
  if (value === null || value === undefined) {
    return null;
  }
  const fields = asRecord(value);
  if (fields === null) {
    remarks.push({ field: "settings", message: "settings is not an object." });
    return null;
  }
  for (const [name, type] of Object.entries(settingTypes)) {
    const setting = fields[name];
    if (setting !== null && setting !== undefined && typeof setting !== type) {
      remarks.push({ field: name, message: `${name} is ${typeName(setting)}, not a ${type}.` });
    }
  }
  const type = word(fields["upgrade_type"], longestWord);
  if (type !== null && !upgradeTypes.includes(type)) {
    remarks.push({ field: "upgrade_type", message: `The upgrade type ${type} is not known.` });
  }
  return {
    install_path: word(fields["install_path"], longestPath),
    target_version: word(fields["target_version"], longestWord),
    upgrade_type: type,
    auto_commit: flag(fields["auto_commit"]),
    do_rolling_reboot: flag(fields["do_rolling_reboot"]),
    num_nodes_to_reboot: readNodeCount(fields["num_nodes_to_reboot"], remarks),
  };
}

function readNodeCount(value: unknown, remarks: Remark[]): number | null {
  if (typeof value !== "number") {
    return null;
  }
  if (Number.isInteger(value) && value >= 0 && value <= mostNodes) {
    return value;
  }
  remarks.push({
    field: "num_nodes_to_reboot",
    message: `num_nodes_to_reboot is ${value}, which is no number of nodes.`,
  });
  return null;
}

/** The type of a JSON value with its article. */
function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    return "an array";
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function word(value: unknown, limit: number): string | null {
  return typeof value === "string" ? shortText(value, limit) : null;
}

function flag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
