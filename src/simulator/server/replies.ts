import * as z from "zod/mini";
import type { ClusterSituation, RawReply } from "../situation.ts";
import type { Sessions } from "./sessions.ts";

/** A request that a pretend cluster read in full. */
export type PretendRequest = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

/** What a reply is made from. */
export type ReplySource = {
  /** As the node that was asked tells it. */
  readonly situation: ClusterSituation;
  readonly sessions: Sessions;
  /** The cluster's own name. */
  readonly name: string;
  /** Someone has asked for the commit of a prepared upgrade. */
  readonly commit: () => void;
};

/** An answer by its parts. */
export type PretendAnswer = Exclude<RawReply, { readonly wire: unknown }>;

const credentials = z.object({ username: z.string(), password: z.string() });

/** The answer of a pretend cluster, by the paths and bodies that Qumulo's REST guide publishes. */
export function answerTo(request: PretendRequest, source: ReplySource): PretendAnswer {
  const { situation, sessions } = source;
  const { method, path } = request;
  if (path === "/v1/version") {
    return json(200, {
      revision_id: `Qumulo Core ${situation.version}`,
      build_id: "269847.1.59",
      flavor: "release",
      build_date: "2026-09-14T21:01:33Z",
    });
  }
  if (path === "/v1/session/login" && method === "POST") {
    return signIn(request.body, sessions);
  }
  if (situation.behaviour === "unauthorized" || !sessions.accepts(request.authorization)) {
    return unauthorized();
  }
  if (path === "/v2/upgrade/commit" && method === "POST") {
    return commit(source);
  }
  if (method !== "GET") {
    return error(405, "http_method_not_allowed_error", `${method} is not known here.`);
  }
  return answerSignedIn(path, source);
}

/** 401 as a cluster sends it. */
export function unauthorized(): PretendAnswer {
  return error(401, "http_unauthorized_error", "Need to log in first to get an access token.");
}

function signIn(body: string, sessions: Sessions): PretendAnswer {
  const given = credentials.safeParse(parseJson(body));
  const bearer = given.success ? sessions.signIn(given.data.username, given.data.password) : null;
  return bearer === null
    ? error(401, "http_unauthorized_error", "Incorrect username or password.")
    : json(200, { bearer_token: bearer });
}

/** Good enough for the vendor's command line, which commits by itself; Upgrade Watch never asks for this. */
function commit({ situation, commit: begin }: ReplySource): PretendAnswer {
  if (situation.state !== "UPGRADE_STATE_PREPARED") {
    return error(409, "upgrade_not_prepared_error", "There is no prepared upgrade to commit.");
  }
  begin();
  return { status: 202, headers: {}, body: "" };
}

function answerSignedIn(path: string, { situation, name }: ReplySource): PretendAnswer {
  const statusVersion = /^\/v([123])\/upgrade\/status$/.exec(path)?.[1];
  const generation = situation.apiGenerations.find((known) => String(known) === statusVersion);
  if (generation !== undefined) {
    return privileged("PRIVILEGE_UPGRADE_READ", situation, () =>
      generation === 1 ? oldStatus(situation) : status(situation),
    );
  }
  switch (path) {
    case "/v1/shutdown/reboot/status":
      return privileged("PRIVILEGE_REBOOT_READ", situation, () => rebootStatus(situation));
    case "/v2/upgrade/blocked":
      return privileged("PRIVILEGE_UPGRADE_READ", situation, () => ({
        is_blocked: situation.blockedReason !== null,
        cluster_degraded: false,
        blocked_reason: situation.blockedReason ?? "",
      }));
    case "/v1/cluster/settings":
      return privileged("PRIVILEGE_CLUSTER_READ", situation, () => ({ cluster_name: name }));
    case "/v1/session/who-am-i":
      return json(200, { name: "upgrade-watch", privileges: privilegesOf(situation) });
    default:
      return error(404, "http_not_found_error", `No such path: ${path}`);
  }
}

function privileged(
  privilege: string,
  situation: ClusterSituation,
  body: () => unknown,
): PretendAnswer {
  return privilegesOf(situation).includes(privilege)
    ? json(200, body())
    : error(403, "http_forbidden_error", `This request requires ${privilege}.`);
}

function privilegesOf({ behaviour, privileges }: ClusterSituation): readonly string[] {
  return behaviour === "forbidden"
    ? privileges.filter((privilege) => privilege !== "PRIVILEGE_UPGRADE_READ")
    : privileges;
}

function status({ state, progress, settings, errorInfo }: ClusterSituation): unknown {
  return { state, progress, settings, error_info: errorInfo };
}

/** The first generation's shape: other names, and states without `_STATE_`. */
function oldStatus(situation: ClusterSituation): unknown {
  const { state, progress, settings, errorInfo, blockedReason } = situation;
  return {
    install_path: settings?.install_path ?? "",
    state: state.replace("_STATE_", "_"),
    details: state === "UPGRADE_STATE_PREPARING" && progress !== null ? `${progress}%` : "",
    error_message: errorInfo ?? "",
    error_state: errorInfo === null ? "UPGRADE_ERROR_NO_ERROR" : "UPGRADE_ERROR_PREPARE",
    is_blocked: blockedReason !== null,
    blocked_reason: blockedReason ?? "",
  };
}

function rebootStatus({ reboot, settings }: ClusterSituation): unknown {
  return {
    state: reboot.state,
    rolling: settings?.do_rolling_reboot ?? false,
    upgrade_initiated: reboot.total > 0,
    total_node_count: reboot.total,
    rebooted_node_count: reboot.rebooted,
    error_message: reboot.error ?? "",
  };
}

function json(httpStatus: number, body: unknown): PretendAnswer {
  return {
    status: httpStatus,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** An error in the shape of the REST guide; `stack` is there because a real cluster sends it. */
function error(httpStatus: number, errorClass: string, description: string): PretendAnswer {
  return json(httpStatus, {
    description,
    module: "qumulo.simulated",
    error_class: errorClass,
    stack: ["Backtrace (most recent call last):", "  qumulo.simulated"],
    user_visible: true,
    inner: null,
  });
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
