import type { BreakGlass, BreakGlassFacts } from "../../../../core/break-glass/break-glass.ts";
import { type BreakGlassEvent, breakGlassTransition } from "../../../../core/break-glass/break-glass-transition.ts";

const facts: BreakGlassFacts = {
  id: "g1",
  holder: { id: "holder", displayName: "Camille AUBERT" },
  identity: "proved",
  means: "card-pin",
  workstation: { id: "w1", name: "CARDIO-01" },
  place: "cardiology",
  reason: { kind: "vital", words: "cardiac arrest" },
  openedAt: 0,
};
const claimed: BreakGlassFacts = { ...facts, identity: "claimed", means: "break-glass" };
const until = 1_000;
const over = { endedAt: 400, end: "person" } as const;

/** Each state in the forms that matter. */
export const glasses: Readonly<Record<string, BreakGlass>> = {
  "open, proved": { ...facts, state: "open", until },
  "open, claimed": { ...claimed, state: "open", until },
  over: { ...facts, state: "over", ...over },
  reviewed: {
    ...facts,
    state: "reviewed",
    ...over,
    review: { by: "auditor", at: 450, finding: "justified", words: "as told" },
  },
};

const at = 500;
const review = { type: "reviewed", finding: "justified", words: "seen", at } as const;

/** Each event in the forms that matter. */
export const glassEvents: Readonly<Record<string, BreakGlassEvent>> = {
  "time passed": { type: "time-passed", at },
  "time is up": { type: "time-passed", at: until },
  "ended by the person": { type: "ended-by-person", at },
  "ended by the person too late": { type: "ended-by-person", at: until },
  revoked: { type: "revoked", at },
  "card used": { type: "card-used", at },
  "session ended": { type: "session-ended", at },
  "session ended too late": { type: "session-ended", at: until },
  "reviewed by another": { ...review, by: "auditor" },
  "reviewed by the person": { ...review, by: "holder" },
};

/** The transition table, as docs/break-glass.md shows it: what an event makes of a state; a code: refused; nothing: it stays. */
export function glassTable(): string {
  const names = Object.keys(glasses);
  const rows = Object.entries(glassEvents).map(([name, event]) => {
    const cells = Object.values(glasses).map(glass => {
      const outcome = breakGlassTransition(glass, event);
      if (outcome.outcome === "refused") return `\`${outcome.code.replace("break-glass-", "")}\``;
      if (outcome.outcome === "unchanged") return "";
      const { glass: after } = outcome;
      return after.state === "over" ? `**over** (${after.end})` : `**${after.state}**`;
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  return [`| | ${names.join(" | ")} |`, `|${"---|".repeat(names.length + 1)}`, ...rows].join("\n");
}
