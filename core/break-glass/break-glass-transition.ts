import type { FailureCode } from "../errors/catalogue.ts";
import { type BreakGlass, type GlassEnd, type GlassFinding, glassFactsOf } from "./break-glass.ts";

/** What can happen to a broken glass; `at` in milliseconds since 1970, `by` PS_IdNat of who did it. */
export type BreakGlassEvent =
  | { readonly type: "time-passed"; readonly at: number }
  | { readonly type: "ended-by-person"; readonly at: number }
  | { readonly type: "revoked"; readonly at: number }
  /** The holder has signed in by card and PIN. */
  | { readonly type: "card-used"; readonly at: number }
  | { readonly type: "session-ended"; readonly at: number }
  | {
      readonly type: "reviewed";
      readonly by: string;
      readonly finding: GlassFinding;
      readonly words: string;
      readonly at: number;
    };

/** `unchanged`: the event means nothing to it. `refused`: it would be against a rule, and says which. */
export type BreakGlassOutcome =
  | { readonly outcome: "changed"; readonly glass: BreakGlass }
  | { readonly outcome: "unchanged" }
  | { readonly outcome: "refused"; readonly code: FailureCode };

type OpenGlass = Extract<BreakGlass, { state: "open" }>;

/** What becomes of a broken glass. Total: every state answers every event; the table stands in docs/break-glass.md. */
export function breakGlassTransition(glass: BreakGlass, event: BreakGlassEvent): BreakGlassOutcome {
  if (event.type === "reviewed") return reviewed(glass, event);
  if (glass.state !== "open") return { outcome: "unchanged" };
  // Time counts first: whatever ends it after its time finds it over.
  if (event.at >= glass.until) return over(glass, "time", glass.until);
  switch (event.type) {
    case "time-passed":
      return { outcome: "unchanged" };
    case "ended-by-person":
      return over(glass, "person", event.at);
    case "revoked":
      return over(glass, "revoked", event.at);
    case "card-used":
      // Who has proved himself goes on: it is his own card.
      return glass.identity === "claimed" ? over(glass, "card", event.at) : { outcome: "unchanged" };
    case "session-ended":
      return over(glass, "session", event.at);
    default:
      return event satisfies never;
  }
}

/** Once, when it is over, and never by the person himself. */
function reviewed(
  glass: BreakGlass,
  { by, finding, words, at }: Extract<BreakGlassEvent, { type: "reviewed" }>,
): BreakGlassOutcome {
  if (by === glass.holder.id) return { outcome: "refused", code: "break-glass-second-person" };
  switch (glass.state) {
    case "open":
      return { outcome: "refused", code: "break-glass-open" };
    case "reviewed":
      return { outcome: "refused", code: "break-glass-reviewed" };
    case "over": {
      const { endedAt, end } = glass;
      const review = { by, at, finding, words };
      return { outcome: "changed", glass: { ...glassFactsOf(glass), state: "reviewed", endedAt, end, review } };
    }
    default:
      return glass satisfies never;
  }
}

function over(glass: OpenGlass, end: GlassEnd, endedAt: number): BreakGlassOutcome {
  return { outcome: "changed", glass: { ...glassFactsOf(glass), state: "over", endedAt, end } };
}
