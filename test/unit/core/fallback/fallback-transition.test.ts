import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fallbackStates, isLiving, requestFallback, requestLifetimeMs } from "../../../../core/fallback/fallback.ts";
import { type FallbackEvent, fallbackTransition } from "../../../../core/fallback/fallback-transition.ts";
import { fallbackEvents, fallbacks, fallbackTable } from "./fallback-table.ts";

const cells = Object.keys(fallbacks).flatMap(state =>
  Object.keys(fallbackEvents).map(event => [state, event] as const),
);
const fallbackIn = (state: string) => fallbacks[state] ?? expect.fail(state);
const outcomeOf = (state: string, event: string) =>
  fallbackTransition(fallbackIn(state), fallbackEvents[event] ?? expect.fail(event));

test("docs/fallback.md shows the transition table", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/fallback.md"), "utf8");
  expect(page).toContain(fallbackTable());
});

test("the table has every state and every event", () => {
  expect(new Set(Object.values(fallbacks).map(({ state }) => state))).toEqual(new Set(fallbackStates));
  const types: Record<FallbackEvent["type"], 0> = {
    approved: 0,
    issued: 0,
    "signed-in": 0,
    "card-used": 0,
    "time-passed": 0,
    revoked: 0,
  };
  expect(new Set(Object.values(fallbackEvents).map(({ type }) => type))).toEqual(new Set(Object.keys(types)));
});

describe("over the whole table", () => {
  test("what has ended for good never lives again, and says so to whoever wants something of it", () => {
    for (const [state, event] of cells.filter(([name]) => !isLiving(fallbackIn(name))))
      expect(outcomeOf(state, event).outcome).toMatch(/unchanged|refused/u);
  });

  test("only an approved one is issued, by who asked for it", () => {
    const issuing = cells.filter(([state, event]) => {
      const outcome = outcomeOf(state, event);
      return outcome.outcome === "changed" && outcome.fallback.state === "issued";
    });
    expect(issuing).toEqual([["approved", "issued by who asked"]]);
  });

  test("only a requested one is approved, by somebody else than who asked and who gets it", () => {
    const approving = cells.filter(([state, event]) => {
      const outcome = outcomeOf(state, event);
      return outcome.outcome === "changed" && outcome.fallback.state === "approved";
    });
    expect(approving).toEqual([["requested", "approved by a second person"]]);
  });

  test("only an issued one with sign-ins left lets in, and each takes one", () => {
    const letting = cells.filter(
      ([state, event]) => event.startsWith("signed in") && outcomeOf(state, event).outcome === "changed",
    );
    expect(letting.map(([state]) => state)).toEqual([
      "issued",
      "issued, for one sign-in",
      "active",
      "active, one left",
    ]);
    expect(outcomeOf("issued", "signed in")).toMatchObject({ fallback: { state: "active", left: 2 } });
    expect(outcomeOf("active, one left", "signed in")).toMatchObject({ fallback: { state: "exhausted" } });
  });

  test("after its time nothing but its end comes of it", () => {
    for (const [state, event] of cells.filter(([, name]) => name.endsWith("too late") || name === "time is up")) {
      const outcome = outcomeOf(state, event);
      if (outcome.outcome === "changed") expect(outcome.fallback).toMatchObject({ state: "expired", endedAt: 1_000 });
    }
  });

  test("no event changes what was asked for", () => {
    const { id, holder, profile, reason, checked, requestedBy, requestedAt } = fallbackIn("requested");
    for (const [state, event] of cells) {
      const outcome = outcomeOf(state, event);
      if (outcome.outcome === "changed")
        expect(outcome.fallback).toMatchObject({ id, holder, profile, reason, checked, requestedBy, requestedAt });
    }
  });
});

describe("a request", () => {
  test("waits for a second person where the profile says so, and ends by itself where nobody answers", () => {
    const requested = requestFallback(fallbackIn("requested"));
    expect(requested).toMatchObject({ state: "requested", until: requestLifetimeMs });
    expect(fallbackTransition(requested, { type: "time-passed", at: requestLifetimeMs })).toMatchObject({
      fallback: { state: "expired" },
    });
  });

  test("is approved at once where the profile asks for nobody", () => {
    const { profile } = fallbackIn("requested");
    const requested = requestFallback({ ...fallbackIn("requested"), profile: { ...profile, secondPerson: false } });
    expect(requested).toMatchObject({ state: "approved", approvedBy: undefined });
  });

  test("that was issued lasts as long as the profile says, from the issue on", () => {
    expect(outcomeOf("approved", "issued by who asked")).toMatchObject({
      fallback: { issuedAt: 500, until: 500 + 600 * 60_000, left: 3 },
    });
  });
});
