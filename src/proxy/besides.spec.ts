import { describe, expect, it } from "vitest";
import type { Reading } from "../contract/clusterReply.ts";
import { statusOf } from "./testing/scriptedCluster.ts";
import { refused, second, start, watching } from "./testing/watching.ts";

const minute = 60 * second;
const reader = {
  name: "upgrade-watch",
  privileges: ["PRIVILEGE_UPGRADE_READ", "PRIVILEGE_REBOOT_READ"],
};
const going = (rebooted: number, state = "REBOOT_IN_PROGRESS") =>
  ({ total: 6, rebooted, state, error: null }) as const;

type Watched = ReturnType<typeof watching>;
const codes = ({ summary }: Watched): readonly string[] =>
  summary().notices.map(({ code }) => code);
const notice = ({ summary }: Watched, code: string) =>
  summary().notices.find((one) => one.code === code);

describe("a reboot that stopped on an error", () => {
  it("is told while the status says idle, and no more once it is over", async () => {
    const { clock, client, watch, summary } = watching();
    client.reboot = { ...going(2, "REBOOT_PAUSED_DUE_TO_ERROR"), error: "no quorum" };
    await watch.start();
    await clock.pass(minute);
    expect(summary()).toMatchObject({ verdict: "failed", attention: "act" });
    expect(summary().detail).toContain("no quorum");
    client.reboot = { ...going(0, "REBOOT_IDLE"), error: "no quorum" };
    await clock.pass(2 * minute);
    expect(summary().verdict).toBe("idle");
  });
});

describe("as whom we are signed in", () => {
  it("is asked rarely, and silent while nothing is missing", async () => {
    const watched = watching();
    watched.client.whoAmI = reader;
    await watched.watch.start();
    await watched.clock.pass(9 * minute);
    expect(watched.client.asked.whoAmI).toBe(1);
    await watched.clock.pass(2 * minute);
    expect(watched.client.asked.whoAmI).toBe(2);
    expect(codes(watched)).toEqual([]);
  });

  it("names a missing privilege once, and takes it back soon after it was given", async () => {
    const watched = watching();
    watched.client.whoAmI = { ...reader, privileges: ["PRIVILEGE_UPGRADE_READ"] };
    await watched.watch.start();
    await watched.clock.pass(5 * minute);
    expect(codes(watched)).toEqual(["privilege-missing"]);
    expect(notice(watched, "privilege-missing")?.message).toContain("PRIVILEGE_REBOOT_READ");
    expect(notice(watched, "privilege-missing")?.since).toBeLessThan(start + minute);
    watched.client.whoAmI = reader;
    await watched.clock.pass(2 * minute);
    expect(codes(watched)).toEqual([]);
  });

  it("names the privilege to read the upgrade where the status is refused", async () => {
    const watched = watching();
    watched.client.next = () => ({ kind: "auth", message: "403" });
    watched.client.httpStatus = 403;
    watched.client.whoAmI = { ...reader, privileges: ["PRIVILEGE_REBOOT_READ"] };
    await watched.watch.start();
    await watched.clock.pass(10 * second);
    expect(notice(watched, "privilege-missing")?.message).toContain("PRIVILEGE_UPGRADE_READ");
    watched.client.next = () => statusOf("UPGRADE_STATE_IDLE");
    watched.client.whoAmI = reader;
    await watched.clock.pass(3 * minute);
    expect(codes(watched)).toEqual([]);
  });

  it("says of a token that may write that it may do more than it needs", async () => {
    const watched = watching();
    const privileges = [...reader.privileges, "PRIVILEGE_UPGRADE_WRITE"];
    watched.client.whoAmI = { name: "admin", privileges };
    await watched.watch.start();
    await watched.clock.pass(minute);
    expect(codes(watched)).toEqual(["privilege-excess"]);
  });

  it("is silent where the cluster does not tell", async () => {
    const watched = watching();
    await watched.watch.start();
    await watched.clock.pass(minute);
    expect(watched.client.asked.whoAmI).toBeGreaterThan(0);
    expect(codes(watched)).toEqual([]);
  });
});

describe("the cluster's own name", () => {
  it("is told, and kept when it can't be read for once", async () => {
    const watched = watching();
    watched.client.clusterName = "lon-core";
    await watched.watch.start();
    await watched.clock.pass(minute);
    expect(watched.summary().clusterName).toBe("lon-core");
    watched.client.clusterName = null;
    await watched.clock.pass(11 * minute);
    expect(watched.client.asked.name).toBe(2);
    expect(watched.summary().clusterName).toBe("lon-core");
  });
});

describe("an older API", () => {
  it("is said for as long as it is read", async () => {
    const watched = watching();
    watched.client.generation = 1;
    await watched.watch.start();
    await watched.clock.pass(second);
    expect(notice(watched, "older-api")?.message).toContain("no percentage");
    watched.client.next = () => refused;
    await watched.clock.pass(10 * second);
    expect(codes(watched)).toEqual(["older-api"]);
    watched.client.next = () => statusOf("UPGRADE_STATE_IDLE");
    watched.client.generation = 3;
    await watched.clock.pass(10 * second);
    expect(codes(watched)).toEqual([]);
  });
});

describe("a schema that differs", () => {
  it("is one notice for as long as it does, and the known part is shown", async () => {
    const watched = watching();
    const message = "The schema of the reply differs: it lacks settings.";
    const odd: Reading = {
      quality: "suspect",
      status: statusOf("UPGRADE_STATE_PREPARING", 40),
      remarks: [{ field: "schema", message }],
    };
    watched.client.next = () => odd;
    await watched.watch.start();
    await watched.clock.pass(minute);
    expect(watched.summary()).toMatchObject({ progress: 40, verdict: "running" });
    expect(watched.summary().notices).toEqual([{ code: "schema-differs", since: start, message }]);
    watched.client.next = () => statusOf("UPGRADE_STATE_PREPARING", 41);
    await watched.clock.pass(2 * second);
    expect(codes(watched)).toEqual([]);
  });
});

describe("a rolling reboot", () => {
  it("tells the time of each node, the median, and that one takes longer than usual", async () => {
    const { client, clock, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_COMMITTED");
    await watch.start();
    await clock.pass(3 * second);
    client.next = () => statusOf("UPGRADE_STATE_REBOOTING");
    for (const rebooted of [0, 1, 2]) {
      client.reboot = going(rebooted);
      // oxlint-disable-next-line no-await-in-loop -- one node after another
      await clock.pass(7 * minute);
    }
    expect(summary()).toMatchObject({
      headline: "Rebooting 2 of 6",
      detail: "2 of 6 nodes are back; a node takes 7 min (median of 2).",
      reboot: {
        steps: [
          { nodes: 1, ms: 7 * minute },
          { nodes: 1, ms: 7 * minute },
        ],
        medianMs: 7 * minute,
        sinceExact: true,
      },
    });
    await clock.pass(7 * minute + second);
    expect(summary().detail).toMatch(/Node 3 has taken 14 min, the others 7 min; .*restriper/);
    client.reboot = going(2, "REBOOT_PAUSED");
    await clock.pass(2 * second);
    expect(summary()).toMatchObject({
      verdict: "running",
      headline: "Rebooting 2 of 6, paused",
      detail: "2 of 6 nodes are back; the cluster has paused the reboot.",
    });
    client.reboot = { ...going(2, "REBOOT_PAUSED_DUE_TO_ERROR"), error: "no quorum" };
    await clock.pass(2 * second);
    expect(summary()).toMatchObject({ verdict: "failed", attention: "act" });
    expect(summary().detail).toContain("no quorum");
  });

  it("claims no time of a node whose begin lies before the start", async () => {
    const { client, clock, watch, summary } = watching();
    client.next = () => statusOf("UPGRADE_STATE_REBOOTING");
    client.reboot = going(2);
    await watch.start();
    await clock.pass(7 * minute);
    client.reboot = going(3);
    await clock.pass(2 * second);
    expect(summary().reboot).toMatchObject({
      steps: [
        { nodes: 2, ms: null },
        { nodes: 1, ms: null },
      ],
      medianMs: null,
    });
  });
});
