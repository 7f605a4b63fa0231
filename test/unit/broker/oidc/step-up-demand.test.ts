import { describe, expect, test } from "vitest";
import { type SignInRequest, stepUpNeeded } from "../../../../broker/oidc/step-up-demand.ts";
import type { Means } from "../../../../core/session/means.ts";
import type { Session } from "../../../../core/session/session.ts";

const session = (means: Means): Session => ({
  id: "s",
  holder: { id: "h", displayName: "H", profession: "", professionCode: undefined },
  means,
  openedAt: 0,
  provenAt: 10_000,
  expiresAt: 100_000,
  seat: { id: "seat", workstation: "A", state: "open" },
  absentSince: undefined,
});
const asking = (change: Partial<SignInRequest>): SignInRequest => ({
  acrValues: [],
  essentialAcrs: [],
  maxAgeSeconds: undefined,
  anew: false,
  ...change,
});
const acr = (level: string) => `urn:wardkey:assurance:${level}`;
const level = { by: "card-pin", reason: "level" };

describe("whether a session answers a request", () => {
  test.each<[string, Means, Partial<SignInRequest>, object | undefined]>([
    ["nothing is asked", "break-glass", {}, undefined],
    ["the very level", "card-presence", { acrValues: [acr("substantial")] }, undefined],
    ["a higher one than asked for", "card-pin", { acrValues: [acr("substantial")] }, undefined],
    ["a lower one", "card-presence", { acrValues: [acr("high")] }, level],
    [
      "a lower one, where that is good enough as well",
      "card-presence",
      { acrValues: [acr("high"), acr("substantial")] },
      undefined,
    ],
    ["no level at all", "card-seen", { acrValues: [acr("low")] }, level],
    ["a value that is not ours", "card-seen", { acrValues: ["eidas1", acr("none")] }, undefined],
    ["an essential level", "card-pin", { essentialAcrs: [acr("high")] }, undefined],
    ["an essential level that the PIN gives", "card-presence", { essentialAcrs: [acr("high")] }, level],
    [
      "an essential level to the letter, though it has a higher one",
      "card-pin",
      { essentialAcrs: [acr("low")] },
      { by: "nothing" },
    ],
    ["an essential value of somebody's", "card-pin", { essentialAcrs: ["urn:x"] }, { by: "nothing" }],
    ["a young proof, and it is", "card-pin", { maxAgeSeconds: 5 }, undefined],
    ["a younger one than it is", "card-pin", { maxAgeSeconds: 4 }, { by: "card-pin", reason: "age" }],
    ["a proof of this very moment", "card-pin", { maxAgeSeconds: 0 }, { by: "card-pin", reason: "age" }],
    ["a proof anew", "card-pin", { anew: true }, { by: "card-pin", reason: "asked" }],
  ])("%s", (_what, means, change, demand) => {
    expect(stepUpNeeded(session(means), asking(change), 15_000)).toEqual(demand);
  });
});
