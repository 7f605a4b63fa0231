import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BreakGlass,
  breakGlassStates,
  glassEnds,
  glassFactsOf,
} from "../../../../core/break-glass/break-glass.ts";
import { type BreakGlassEvent, breakGlassTransition } from "../../../../core/break-glass/break-glass-transition.ts";
import { glassEvents, glasses, glassTable } from "./break-glass-table.ts";

const cells = Object.keys(glasses).flatMap(state => Object.keys(glassEvents).map(event => [state, event] as const));
const glassIn = (state: string) => glasses[state] ?? expect.fail(state);
const outcomeOf = (state: string, event: string) =>
  breakGlassTransition(glassIn(state), glassEvents[event] ?? expect.fail(event));

test("docs/break-glass.md shows the transition table", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/break-glass.md"), "utf8");
  expect(page).toContain(glassTable());
});

test("the table has every state and every event", () => {
  expect(new Set(Object.values(glasses).map(({ state }) => state))).toEqual(new Set(breakGlassStates));
  const types: Record<BreakGlassEvent["type"], 0> = {
    "time-passed": 0,
    "ended-by-person": 0,
    revoked: 0,
    "card-used": 0,
    "session-ended": 0,
    reviewed: 0,
  };
  expect(new Set(Object.values(glassEvents).map(({ type }) => type))).toEqual(new Set(Object.keys(types)));
});

describe("over the whole table", () => {
  test("only one that is over is reviewed, by somebody else than the person", () => {
    const reviewing = cells.filter(([state, event]) => {
      const outcome = outcomeOf(state, event);
      return outcome.outcome === "changed" && outcome.glass.state === "reviewed";
    });
    expect(reviewing).toEqual([["over", "reviewed by another"]]);
  });

  test("the person's own review is refused in every state", () => {
    for (const state of Object.keys(glasses))
      expect(outcomeOf(state, "reviewed by the person")).toEqual({
        outcome: "refused",
        code: "break-glass-second-person",
      });
  });

  test("his own card ends what somebody claimed, and not what he has proved", () => {
    expect(outcomeOf("open, claimed", "card used")).toMatchObject({ glass: { state: "over", end: "card" } });
    expect(outcomeOf("open, proved", "card used")).toEqual({ outcome: "unchanged" });
  });

  test("after its time it ended by time, at its time", () => {
    for (const [state, event] of cells.filter(([, name]) => name.endsWith("too late") || name === "time is up")) {
      const outcome = outcomeOf(state, event);
      if (outcome.outcome === "changed")
        expect(outcome.glass).toMatchObject({ state: "over", end: "time", endedAt: 1_000 });
    }
  });
});

/** Events in the order of their times, by persons of whom one broke the glass. */
const histories = fc
  .array(
    fc.record({
      type: fc.constantFrom(
        ...(["time-passed", "ended-by-person", "revoked", "card-used", "session-ended", "reviewed"] as const),
      ),
      by: fc.constantFrom("holder", "auditor", "helpdesk"),
      finding: fc.constantFrom(...(["justified", "not-justified", "to-follow-up"] as const)),
      waits: fc.integer({ min: 0, max: 400 }),
    }),
    { maxLength: 12 },
  )
  .map(events => {
    let at = 0;
    return events.map(({ type, by, finding, waits }): BreakGlassEvent => {
      at += waits;
      return type === "reviewed" ? { type, by, finding, words: "", at } : { type, at };
    });
  });

test("whatever happens in whatever order: it ends once, by its time at the latest, and is closed once by somebody else", () => {
  fc.assert(
    fc.property(histories, fc.constantFrom("open, proved", "open, claimed"), (events, begin) => {
      let glass: BreakGlass = glassIn(begin);
      for (const event of events) {
        const before = glass;
        const outcome = breakGlassTransition(before, event);
        if (outcome.outcome === "changed") glass = outcome.glass;
        expect(glassFactsOf(glass)).toEqual(glassFactsOf(before));
        const [was, is] = [before, glass].map(({ state }) => breakGlassStates.indexOf(state));
        expect((is ?? 0) - (was ?? 0)).toBe(outcome.outcome === "changed" ? 1 : 0);
        if (glass.state === "open") expect(event.at < glass.until || event.type === "reviewed").toBe(true);
        else {
          expect(glassEnds).toContain(glass.end);
          expect(glass.endedAt).toBeLessThanOrEqual(1_000);
          if (before.state !== "open") expect(glass).toMatchObject({ endedAt: before.endedAt, end: before.end });
        }
        if (glass.state === "reviewed") expect(glass.review.by).not.toBe("holder");
        if (before.state === "reviewed") expect(glass).toBe(before);
      }
    }),
  );
});
