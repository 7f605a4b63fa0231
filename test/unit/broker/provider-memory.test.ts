import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ProviderMemory } from "../../../broker/oidc/provider-memory.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what the provider keeps", () => {
  test("is found by its identifier and its uid until its time, each kind apart", async () => {
    const memory = new ProviderMemory();
    const sessions = memory.adapter("Session");
    await sessions.upsert("id", { uid: "u", accountId: "a" }, 60);
    expect(await sessions.find("id")).toMatchObject({ accountId: "a" });
    expect(await sessions.findByUid("u")).toMatchObject({ accountId: "a" });
    expect(await memory.adapter("Grant").find("id")).toBeUndefined();
    vi.advanceTimersByTime(60_001);
    expect(await sessions.find("id")).toBeUndefined();
    expect(await sessions.findByUid("u")).toBeUndefined();
  });

  test("of a grant goes with the grant, and of another stays", async () => {
    const codes = new ProviderMemory().adapter("AuthorizationCode");
    await codes.upsert("one", { grantId: "g" }, 60);
    await codes.upsert("two", { grantId: "other" }, 60);
    await codes.revokeByGrantId("g");
    expect(await codes.find("one")).toBeUndefined();
    expect(await codes.find("two")).toBeDefined();
  });

  test("is marked when it is used up, and gone when it is destroyed", async () => {
    const codes = new ProviderMemory().adapter("AuthorizationCode");
    await codes.upsert("one", { grantId: "g" }, 60);
    await codes.consume("one");
    expect(await codes.find("one")).toHaveProperty("consumed");
    await codes.destroy("one");
    expect(await codes.find("one")).toBeUndefined();
  });
});
