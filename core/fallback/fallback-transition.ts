import type { FailureCode } from "../errors/catalogue.ts";
import { type Fallback, factsOf, isLiving, type LivingFallback, requestLifetimeMs } from "./fallback.ts";

/** What can happen to a temporary access; `at` in milliseconds since 1970, `by` PS_IdNat of who did it. */
export type FallbackEvent =
  | { readonly type: "approved"; readonly by: string; readonly at: number }
  | { readonly type: "issued"; readonly by: string; readonly at: number }
  | { readonly type: "signed-in"; readonly at: number }
  | { readonly type: "card-used"; readonly at: number }
  | { readonly type: "time-passed"; readonly at: number }
  | { readonly type: "revoked"; readonly at: number };

/** `unchanged`: the event means nothing to it. `refused`: it would be against a rule, and says which. */
export type FallbackOutcome =
  | { readonly outcome: "changed"; readonly fallback: Fallback }
  | { readonly outcome: "unchanged" }
  | { readonly outcome: "refused"; readonly code: FailureCode };

type EventOf<Type extends FallbackEvent["type"]> = Extract<FallbackEvent, { type: Type }>;

/** What becomes of a temporary access. Total: every state answers every event; the table stands in docs/fallback.md. */
export function fallbackTransition(fallback: Fallback, event: FallbackEvent): FallbackOutcome {
  switch (event.type) {
    case "card-used":
    case "time-passed":
    case "revoked":
      return ended(fallback, event);
    case "approved":
    case "issued":
    case "signed-in":
      // Time counts first: nobody has swept it yet, and it has ended all the same.
      if (!isLiving(fallback) || event.at >= fallback.until) return refused("fallback-over");
      return stepOf(fallback, event);
    default:
      return event satisfies never;
  }
}

function stepOf(fallback: LivingFallback, event: EventOf<"approved" | "issued" | "signed-in">): FallbackOutcome {
  switch (event.type) {
    case "approved":
      return approved(fallback, event);
    case "issued":
      return issued(fallback, event);
    case "signed-in":
      return signedIn(fallback);
    default:
      return event satisfies never;
  }
}

/** Three persons: who gets it, who asked for it, who approves. */
function approved(fallback: LivingFallback, { by, at }: EventOf<"approved">): FallbackOutcome {
  if (fallback.state !== "requested") return { outcome: "unchanged" };
  if (by === fallback.requestedBy || by === fallback.holder.id) return refused("fallback-second-person");
  const until = at + requestLifetimeMs;
  return changed({ ...factsOf(fallback), state: "approved", until, approvedBy: by });
}

/** Once, and by who asked for it: one that was issued is never issued again. */
function issued(fallback: LivingFallback, { by, at }: EventOf<"issued">): FallbackOutcome {
  if (by !== fallback.requestedBy || by === fallback.holder.id) return refused("fallback-second-person");
  switch (fallback.state) {
    case "requested":
      return refused("fallback-not-approved");
    case "approved": {
      const { profile, approvedBy } = fallback;
      const until = at + profile.minutes * 60_000;
      const left = profile.signIns;
      return changed({ ...factsOf(fallback), state: "issued", until, issuedAt: at, approvedBy, left });
    }
    case "issued":
    case "active":
    case "exhausted":
      return refused("fallback-over");
    default:
      return fallback satisfies never;
  }
}

function signedIn(fallback: LivingFallback): FallbackOutcome {
  switch (fallback.state) {
    case "requested":
    case "approved":
      return refused("fallback-not-approved");
    case "issued":
    case "active": {
      const { until, issuedAt, approvedBy, left } = fallback;
      const kept = { ...factsOf(fallback), until, issuedAt, approvedBy };
      return changed(left > 1 ? { ...kept, state: "active", left: left - 1 } : { ...kept, state: "exhausted" });
    }
    case "exhausted":
      return refused("fallback-over");
    default:
      return fallback satisfies never;
  }
}

/** Whatever ends it after its time finds it expired. */
function ended(fallback: Fallback, { type, at }: EventOf<"card-used" | "time-passed" | "revoked">): FallbackOutcome {
  if (!isLiving(fallback)) return { outcome: "unchanged" };
  const facts = factsOf(fallback);
  if (at >= fallback.until) return changed({ ...facts, state: "expired", endedAt: fallback.until });
  switch (type) {
    case "card-used":
      return changed({ ...facts, state: "ended-by-card", endedAt: at });
    case "revoked":
      return changed({ ...facts, state: "revoked", endedAt: at });
    case "time-passed":
      return { outcome: "unchanged" };
    default:
      return type satisfies never;
  }
}

function changed(fallback: Fallback): FallbackOutcome {
  return { outcome: "changed", fallback };
}

function refused(code: FailureCode): FallbackOutcome {
  return { outcome: "refused", code };
}
