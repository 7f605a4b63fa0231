import { describe, expect, test } from "vitest";
import { signInRequestOf } from "../../../../broker/oidc/sign-in-request.ts";
import { acrFor, stepUpNeeded } from "../../../../broker/oidc/step-up-demand.ts";
import type { Means } from "../../../../core/session/means.ts";
import type { Session } from "../../../../core/session/session.ts";

const now = 1_000_000;
const session = (means: Means, ageMs = 0): Session => ({
  id: "s",
  holder: { id: "h", displayName: "H", profession: "", professionCode: undefined },
  means,
  openedAt: 0,
  provenAt: now - ageMs,
  expiresAt: 2_000_000,
  seat: undefined,
  absentSince: undefined,
});
const ours = (level: string) => `urn:wardkey:assurance:${level}`;
const essential = (...values: string[]) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
});
const needed = (means: Means, params: Record<string, string>, ageMs = 0) =>
  stepUpNeeded(session(means, ageMs), signInRequestOf(params), now);

describe("what the session lacks", () => {
  test.each([
    ["nothing asked", "card-presence", {}, undefined],
    ["any level, and it has none", "card-seen", { acr_values: ours("low") }, "low"],
    ["a level that no sign-in has", "card-seen", { acr_values: ours("none") }, undefined],
    ["the level it has", "card-presence", { acr_values: ours("substantial") }, undefined],
    ["a lower one", "card-pin", { acr_values: ours("low") }, undefined],
    ["a higher one", "card-presence", { acr_values: ours("high") }, "high"],
    ["a higher one, or its own", "card-presence", { acr_values: `${ours("high")} ${ours("substantial")}` }, undefined],
    [
      "any of two higher ones",
      "temporary-password",
      { acr_values: `${ours("high")} ${ours("substantial")}` },
      "substantial",
    ],
    ["somebody else's", "card-presence", { acr_values: "urn:elsewhere:7" }, undefined],
    ["Pro Santé Connect's, with a card", "card-presence", { acr_values: "eidas1" }, undefined],
    ["Pro Santé Connect's, without", "temporary-password", { acr_values: "eidas1" }, "substantial"],
    ["an essential one", "card-presence", essential(ours("high")), "high"],
    ["an essential one that it has", "card-pin", essential(ours("substantial")), undefined],
    ["an essential one, or somebody else's", "card-pin", essential("urn:elsewhere:7", ours("high")), undefined],
    [
      "a claim that is not essential",
      "card-presence",
      { claims: JSON.stringify({ id_token: { acr: null } }) },
      undefined,
    ],
  ] as const)("%s", (_what, means, params, minimum) => {
    const need = needed(means, params);
    if (minimum === undefined) expect(need).toBeUndefined();
    else expect(need).toEqual({ by: "card-pin", minimum, maximalAgeMs: undefined });
  });

  test("an essential level that is nobody's here is had by nothing", () => {
    expect(needed("card-pin", essential("urn:elsewhere:7"))).toEqual({ by: "nothing" });
  });

  test("a proof that is older than asked for, to the millisecond", () => {
    expect(needed("card-pin", { max_age: "60" }, 60_000)).toBeUndefined();
    expect(needed("card-pin", { max_age: "60" }, 60_001)).toEqual({
      by: "card-pin",
      minimum: "none",
      maximalAgeMs: 60_000,
    });
  });

  test("another sign-in is another PIN, however fresh the last", () => {
    expect(needed("card-pin", { prompt: "login" })).toEqual({ by: "card-pin", minimum: "none", maximalAgeMs: 0 });
  });
});

describe("the word of the answer", () => {
  test.each([
    ["card-pin", {}, ours("high")],
    ["card-presence", {}, ours("substantial")],
    ["card-pin", { acr_values: `urn:elsewhere:7 eidas1 ${ours("high")}` }, "eidas1"],
    ["card-pin", essential(ours("substantial")), ours("substantial")],
    ["temporary-password", { acr_values: "eidas1" }, ours("low")],
    ["card-presence", { acr_values: ours("high") }, ours("substantial")],
  ] as const)("%s, %j: %s", (means, params, acr) => {
    expect(acrFor(means, signInRequestOf(params))).toBe(acr);
  });
});
