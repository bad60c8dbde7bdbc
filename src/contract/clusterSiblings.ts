/** Replies of the endpoints beside the status: each optional, null where it can't be read. */
import * as z from "zod/mini";
import type { RebootAnswer } from "../upgrade/reboot.ts";
import { parseVersion, versionText } from "../upgrade/version.ts";
import { type ReplyBody, type ReplyHeaders, readBody } from "./clusterBody.ts";
import { cutErrorInfo, shortText } from "./clusterText.ts";

const versionReply = z.object({ revision_id: z.string() });
/** No cluster has more nodes; a greater count is no count. */
const nodeCount = z.int().check(z.minimum(0), z.maximum(10_000));
const rebootReply = z.object({
  state: z.string(),
  total_node_count: nodeCount,
  rebooted_node_count: nodeCount,
  error_message: z.nullish(z.string()),
});
const blockedReply = z.object({ is_blocked: z.boolean(), blocked_reason: z.nullish(z.string()) });
const settingsReply = z.object({ cluster_name: z.string() });
const whoAmIReply = z.object({ name: z.string(), privileges: z.array(z.string()) });
const loginReply = z.object({ bearer_token: z.string() });
const errorReply = z.object({
  error_class: z.nullish(z.string()),
  description: z.nullish(z.string()),
});

/** The running version, e.g. `7.1.4`, from `GET /v1/version`. */
export function readVersionReply(bytes: ReplyBody, headers: ReplyHeaders): string | null {
  const revision = read(versionReply, bytes, headers)?.revision_id ?? null;
  return revision === null || parseVersion(revision) === null ? null : versionText(revision);
}

/** How far a rolling reboot is, from `GET /v1/shutdown/reboot/status`. */
export function readRebootReply(bytes: ReplyBody, headers: ReplyHeaders): RebootAnswer | null {
  const reply = read(rebootReply, bytes, headers);
  if (reply === null) {
    return null;
  }
  const text = reply.error_message ?? "";
  const paused = reply.state === "REBOOT_PAUSED_DUE_TO_ERROR";
  const error = text.trim() === "" ? (paused ? "no reason given" : null) : cutErrorInfo(text, 2048);
  return {
    total: reply.total_node_count,
    rebooted: reply.rebooted_node_count,
    state: shortText(reply.state, 64),
    error,
  };
}

/** Whether and why the next upgrade may not start, from `GET /v2/upgrade/blocked`; the reason is null if it may. */
export function readBlockedReply(
  bytes: ReplyBody,
  headers: ReplyHeaders,
): { reason: string | null } | null {
  const reply = read(blockedReply, bytes, headers);
  if (reply === null) {
    return null;
  }
  const reason = (reply.blocked_reason ?? "").trim();
  return { reason: reply.is_blocked ? shortText(reason || "no reason given", 512) : null };
}

const longestName = 100;

/** What the cluster calls itself, from `GET /v1/cluster/settings`. */
export function readSettingsReply(bytes: ReplyBody, headers: ReplyHeaders): string | null {
  const name = read(settingsReply, bytes, headers)?.cluster_name.trim() ?? "";
  return name === "" ? null : shortText(name, longestName);
}

/** As whom we are signed in, and what that user may do. */
export type SignedInAs = { readonly name: string; readonly privileges: readonly string[] };

/** As whom we are signed in, from `GET /v1/session/who-am-i`. */
export function readWhoAmIReply(bytes: ReplyBody, headers: ReplyHeaders): SignedInAs | null {
  const reply = read(whoAmIReply, bytes, headers);
  return reply === null
    ? null
    : {
        name: shortText(reply.name, longestName),
        privileges: reply.privileges.filter((name) => /^[A-Z][A-Z0-9_]{1,63}$/.test(name)),
      };
}

/** The bearer token of `POST /v1/session/login`. */
export function readLoginReply(bytes: ReplyBody, headers: ReplyHeaders): string | null {
  return read(loginReply, bytes, headers)?.bearer_token ?? null;
}

/** What a cluster says of a refused request: its error class and description, never its stack. */
export function readErrorReply(bytes: ReplyBody, headers: ReplyHeaders): string | null {
  const reply = read(errorReply, bytes, headers);
  const words = [reply?.error_class, reply?.description].filter((text) => typeof text === "string");
  return words.length === 0 ? null : words.map((text) => shortText(text, 200)).join(": ");
}

function read<Schema extends z.ZodMiniType>(
  schema: Schema,
  bytes: ReplyBody,
  headers: ReplyHeaders,
): z.output<Schema> | null {
  const body = readBody(bytes, headers);
  const parsed = body.ok ? schema.safeParse(body.fields) : undefined;
  return parsed?.success === true ? parsed.data : null;
}
