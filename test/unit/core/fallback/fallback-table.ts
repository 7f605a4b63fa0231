import type { Fallback, FallbackFacts } from "../../../../core/fallback/fallback.ts";
import { type FallbackEvent, fallbackTransition } from "../../../../core/fallback/fallback-transition.ts";

const facts: FallbackFacts = {
  id: "f1",
  holder: { id: "holder", displayName: "Camille AUBERT" },
  profile: { id: "shift", name: "One shift", minutes: 600, signIns: 3, secondPerson: true },
  reason: "card at home",
  checked: ["call-back"],
  requestedBy: "asker",
  requestedAt: 0,
};
const until = 1_000;
const issued = { until, issuedAt: 10, approvedBy: "second" };

/** Each state in the forms that matter. */
export const fallbacks: Readonly<Record<string, Fallback>> = {
  requested: { ...facts, state: "requested", until },
  approved: { ...facts, state: "approved", until, approvedBy: "second" },
  issued: { ...facts, state: "issued", ...issued, left: 3 },
  "issued, for one sign-in": { ...facts, state: "issued", ...issued, left: 1 },
  active: { ...facts, state: "active", ...issued, left: 2 },
  "active, one left": { ...facts, state: "active", ...issued, left: 1 },
  exhausted: { ...facts, state: "exhausted", ...issued },
  expired: { ...facts, state: "expired", endedAt: until },
  "ended-by-card": { ...facts, state: "ended-by-card", endedAt: 20 },
  revoked: { ...facts, state: "revoked", endedAt: 20 },
};

const at = 500;

/** Each event in the forms that matter. */
export const fallbackEvents: Readonly<Record<string, FallbackEvent>> = {
  "approved by a second person": { type: "approved", by: "second", at },
  "approved by who asked": { type: "approved", by: "asker", at },
  "approved by who gets it": { type: "approved", by: "holder", at },
  "approved too late": { type: "approved", by: "second", at: until },
  "issued by who asked": { type: "issued", by: "asker", at },
  "issued by another": { type: "issued", by: "second", at },
  "issued too late": { type: "issued", by: "asker", at: until },
  "signed in": { type: "signed-in", at },
  "signed in too late": { type: "signed-in", at: until },
  "card used": { type: "card-used", at },
  "card used too late": { type: "card-used", at: until },
  "time passed": { type: "time-passed", at },
  "time is up": { type: "time-passed", at: until },
  revoked: { type: "revoked", at },
};

/** The transition table, as docs/fallback.md shows it: what an event makes of a state; a code: refused; nothing: it stays. */
export function fallbackTable(): string {
  const names = Object.keys(fallbacks);
  const rows = Object.entries(fallbackEvents).map(([name, event]) => {
    const cells = Object.values(fallbacks).map(fallback => {
      const outcome = fallbackTransition(fallback, event);
      if (outcome.outcome === "changed") return `**${outcome.fallback.state}**`;
      return outcome.outcome === "refused" ? `\`${outcome.code.replace("fallback-", "")}\`` : "";
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  return [`| | ${names.join(" | ")} |`, `|${"---|".repeat(names.length + 1)}`, ...rows].join("\n");
}
