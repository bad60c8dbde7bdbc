import { expect, it } from "vitest";
import { privilegeNotices } from "./privileges.ts";

const reader = {
  name: "upgrade-watch",
  privileges: ["PRIVILEGE_UPGRADE_READ", "PRIVILEGE_REBOOT_READ"],
};

it("says nothing where nothing is missing, or nobody can know", () => {
  const silent = { missing: null, excess: null };
  expect(privilegeNotices(reader, ["PRIVILEGE_REBOOT_READ"])).toEqual(silent);
  expect(privilegeNotices(null, ["PRIVILEGE_REBOOT_READ"])).toEqual(silent);
});

it("names each privilege that is missing, and what can't be told without it", () => {
  const { missing } = privilegeNotices({ ...reader, privileges: [] }, [
    "PRIVILEGE_REBOOT_READ",
    "PRIVILEGE_CLUSTER_READ",
  ]);
  expect(missing).toBe(
    "upgrade-watch lacks PRIVILEGE_REBOOT_READ: how many nodes are back from a rolling reboot, and whether it stopped on an error, can't be shown. upgrade-watch lacks PRIVILEGE_CLUSTER_READ: whether this is the cluster that is configured can't be checked.",
  );
});

it("says of a token that may do more than read which privileges are too many", () => {
  const writing = ["A", "B", "C", "D", "E"].map((name) => `PRIVILEGE_${name}_WRITE`);
  const { excess } = privilegeNotices({ name: "admin", privileges: writing }, []);
  expect(excess).toContain("admin may do more than read");
  expect(excess).toContain("(PRIVILEGE_A_WRITE, PRIVILEGE_B_WRITE, PRIVILEGE_C_WRITE and 2 more)");
});
