import { beforeEach, describe, expect, test } from "vitest";
import { ProviderMemory } from "../../../../broker/oidc/provider-memory.ts";

let now = 0;
const clock = { now: () => now };
beforeEach(() => {
  now = 1_000_000;
});

describe("what the provider keeps", () => {
  test("is found by its identifier and its uid until its time, each kind apart", async () => {
    const memory = new ProviderMemory(clock);
    const sessions = memory.adapter("Session");
    await sessions.upsert("id", { uid: "u", accountId: "a" }, 60);
    expect(await sessions.find("id")).toMatchObject({ accountId: "a" });
    expect(await sessions.findByUid("u")).toMatchObject({ accountId: "a" });
    expect(await memory.adapter("Grant").find("id")).toBeUndefined();
    now += 60_001;
    expect(await sessions.find("id")).toBeUndefined();
    expect(await sessions.findByUid("u")).toBeUndefined();
  });

  test("of a grant goes with the grant, and of another stays", async () => {
    const codes = new ProviderMemory(clock).adapter("AuthorizationCode");
    await codes.upsert("one", { grantId: "g" }, 60);
    await codes.upsert("two", { grantId: "other" }, 60);
    await codes.revokeByGrantId("g");
    expect(await codes.find("one")).toBeUndefined();
    expect(await codes.find("two")).toBeDefined();
  });

  test("is marked when it is used up, and gone when it is destroyed", async () => {
    const codes = new ProviderMemory(clock).adapter("AuthorizationCode");
    await codes.upsert("one", { grantId: "g" }, 60);
    await codes.consume("one");
    expect(await codes.find("one")).toHaveProperty("consumed");
    await codes.destroy("one");
    expect(await codes.find("one")).toBeUndefined();
  });
});
