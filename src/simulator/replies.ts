import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import * as z from "zod/mini";
import type { ClusterSituation, RawReply } from "./situation.ts";

/** An answer as it goes over the wire. */
export type PretendAnswer = RawReply;

/** What a reply is made from. */
export type ReplySource = {
  readonly situation: ClusterSituation;
  readonly sessions: Sessions;
  readonly name: string;
};

const credentials = z.object({ username: z.string(), password: z.string() });

/** Who may ask: the access token, and sessions that a sign-in opened. */
export class Sessions {
  private readonly token: string;
  private readonly user: { readonly username: string; readonly password: string } | null;
  private readonly open = new Set<string>();

  constructor(
    token: string,
    user: { readonly username: string; readonly password: string } | null,
  ) {
    this.token = token;
    this.user = user;
  }

  accepts(authorization: string | undefined): boolean {
    const bearer = authorization?.replace(/^Bearer /, "");
    return bearer !== undefined && (bearer === this.token || this.open.has(bearer));
  }

  /** A bearer token for who signs in rightly, else null. */
  signIn(body: string): string | null {
    const given = credentials.safeParse(parseJson(body));
    const right =
      given.success &&
      this.user !== null &&
      given.data.username === this.user.username &&
      given.data.password === this.user.password;
    if (!right) {
      return null;
    }
    const bearer = `1:${randomBytes(24).toString("base64url")}`;
    this.open.add(bearer);
    return bearer;
  }

  expire(): void {
    this.open.clear();
  }
}

/** The answer of a pretend cluster to a request, by the paths and bodies that the REST guide publishes. */
export async function answerTo(
  request: IncomingMessage,
  { situation, sessions, name }: ReplySource,
): Promise<PretendAnswer> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  if (path === "/v1/version") {
    return json(200, {
      revision_id: `Qumulo Core ${situation.version}`,
      build_id: "269847.1.59",
      flavor: "release",
      build_date: "2026-09-14T21:01:33Z",
    });
  }
  if (path === "/v1/session/login" && request.method === "POST") {
    const bearer = sessions.signIn(await bodyOf(request));
    return bearer === null
      ? error(401, "Incorrect username or password.", "http_unauthorized_error")
      : json(200, { bearer_token: bearer });
  }
  if (situation.behaviour === "unauthorized" || !sessions.accepts(request.headers.authorization)) {
    return error(401, "Need to log in first to get an access token.", "http_unauthorized_error");
  }
  if (situation.behaviour === "forbidden") {
    return error(403, "This request requires PRIVILEGE_UPGRADE_READ.", "http_forbidden_error");
  }
  if (request.method !== "GET") {
    return error(405, "Only GET is known here.", "http_method_not_allowed_error");
  }
  return answerSignedIn(path, situation, name);
}

function answerSignedIn(path: string, situation: ClusterSituation, name: string): PretendAnswer {
  const { apiGenerations: generations, reboot } = situation;
  const statusPath = /^\/v([123])\/upgrade\/status$/.exec(path);
  const generation = generations.find((known) => String(known) === statusPath?.[1]);
  if (generation !== undefined) {
    return (
      situation.rawReply ?? json(200, generation === 1 ? oldStatus(situation) : status(situation))
    );
  }
  switch (path) {
    case "/v1/shutdown/reboot/status":
      return json(200, {
        state: reboot.state,
        rolling: situation.settings?.do_rolling_reboot ?? false,
        upgrade_initiated: reboot.total > 0,
        total_node_count: reboot.total,
        rebooted_node_count: reboot.rebooted,
        error_message: reboot.error ?? "",
      });
    case "/v2/upgrade/blocked":
      return json(200, {
        is_blocked: situation.blockedReason !== null,
        cluster_degraded: false,
        blocked_reason: situation.blockedReason ?? "",
      });
    case "/v1/cluster/settings":
      return json(200, { cluster_name: name });
    case "/v1/session/who-am-i":
      return json(200, {
        name: "upgrade-watch",
        privileges: ["PRIVILEGE_UPGRADE_READ", "PRIVILEGE_REBOOT_READ", "PRIVILEGE_CLUSTER_READ"],
      });
    default:
      return error(404, `No such path: ${path}`, "http_not_found_error");
  }
}

function status({ state, progress, settings, errorInfo }: ClusterSituation): unknown {
  return { state, progress: progress ?? 0, settings, error_info: errorInfo ?? "" };
}

/** The first generation's shape: other names, and states without `_STATE_`. */
function oldStatus(situation: ClusterSituation): unknown {
  const { state, progress, settings, errorInfo, blockedReason } = situation;
  return {
    install_path: settings?.install_path ?? "",
    state: state.replace("_STATE_", "_"),
    details: progress === null ? "" : `${Math.floor(progress)}%`,
    error_message: errorInfo ?? "",
    error_state: errorInfo === null ? "UPGRADE_ERROR_NO_ERROR" : "UPGRADE_ERROR_PREPARE",
    is_blocked: blockedReason !== null,
    blocked_reason: blockedReason ?? "",
  };
}

function json(httpStatus: number, body: unknown): PretendAnswer {
  return {
    httpStatus,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** An error in the shape of the REST guide; `stack` is there because a real cluster sends it. */
function error(httpStatus: number, description: string, errorClass: string): PretendAnswer {
  return json(httpStatus, {
    description,
    module: "simulator",
    error_class: errorClass,
    stack: ["Backtrace (most recent call last):", "  simulator"],
    user_visible: true,
    inner: null,
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let body = "";
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > 10_000) {
      break;
    }
  }
  return body;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
