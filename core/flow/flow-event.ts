import type { GlassReason } from "../break-glass/break-glass.ts";
import type { FailureCode } from "../errors/catalogue.ts";
import type {
  OfferedChallenge,
  OwedSecondFactor,
  SeatedSession,
  SeatLossReason,
  SessionApplication,
} from "../ports/broker-connection.ts";
import type { IdentifiedCard, Insertion, PinRenewal, PinState, ReaderCondition } from "../ports/card-readers.ts";

/** What can happen, in the past tense; `at` in milliseconds since 1970. Answers carry the attempt that they belong to. */
export type FlowEvent =
  | { readonly type: "condition-changed"; readonly condition: ReaderCondition }
  | { readonly type: "card-inserted"; readonly insertion: Insertion; readonly at: number }
  | { readonly type: "card-removed"; readonly insertion: Insertion; readonly at: number }
  | { readonly type: "broker-connected" }
  | { readonly type: "broker-disconnected" }
  | { readonly type: "card-identified"; readonly attempt: number; readonly card: IdentifiedCard }
  | {
      readonly type: "challenge-offered";
      readonly attempt: number;
      readonly offered: OfferedChallenge;
      readonly at: number;
    }
  | { readonly type: "challenge-aged"; readonly attempt: number }
  | { readonly type: "presence-unavailable"; readonly attempt: number }
  | { readonly type: "tries-counted"; readonly attempt: number; readonly pin: PinState }
  | { readonly type: "proof-signed"; readonly attempt: number; readonly proof: string }
  | { readonly type: "session-granted"; readonly attempt: number; readonly session: SeatedSession; readonly at: number }
  /** A proof or a password was sent, or a phone confirmed, and no answer came: nobody here knows whether the broker opened. */
  | { readonly type: "proof-unanswered"; readonly attempt: number }
  | { readonly type: "retry-due"; readonly insertion: Insertion }
  | { readonly type: "session-expired"; readonly seat: string; readonly at: number }
  | {
      readonly type: "call-failed";
      readonly attempt: number;
      readonly code: FailureCode;
      readonly triesLeft: number | undefined;
      readonly spokenBy: "workstation" | "broker";
    }
  | { readonly type: "seat-cover-recorded"; readonly seat: string; readonly graceUntil: number; readonly at: number }
  | {
      readonly type: "seat-lost";
      readonly seat: string;
      readonly reason: SeatLossReason;
      readonly at: number;
      readonly workstationName: string | undefined;
    }
  | { readonly type: "application-launched"; readonly seat: string; readonly application: SessionApplication }
  | { readonly type: "launch-failed"; readonly seat: string; readonly application: string; readonly code: FailureCode }
  | { readonly type: "application-closed"; readonly seat: string; readonly application: string }
  | { readonly type: "phone-wanted" }
  | { readonly type: "identifier-submitted"; readonly identifier: string }
  | {
      readonly type: "phone-asked";
      readonly attempt: number;
      readonly request: string;
      readonly bindingMessage: string;
    }
  | { readonly type: "password-wanted" }
  /** The password waits beside the flow, as the PIN does. */
  | { readonly type: "password-submitted"; readonly who: string }
  | { readonly type: "second-factor-told"; readonly attempt: number; readonly owed: OwedSecondFactor }
  /** The code waits beside the flow, as the PIN does. */
  | { readonly type: "code-submitted" }
  | { readonly type: "key-wanted" }
  /** From the cover: an emergency, and no card that works. */
  | { readonly type: "break-glass-wanted" }
  | { readonly type: "break-glass-submitted"; readonly who: string; readonly reason: GlassReason }
  /** In an open session: for an application that opens in an emergency only. */
  | { readonly type: "glass-wanted"; readonly application: string; readonly reason: GlassReason }
  | { readonly type: "glass-refused"; readonly seat: string; readonly application: string; readonly code: FailureCode }
  | { readonly type: "glass-end-wanted" }
  /** What the session of this seat may open has changed, or may have. */
  | { readonly type: "session-changed"; readonly seat: string }
  | { readonly type: "session-renewed"; readonly session: SeatedSession }
  | { readonly type: "pin-submitted" }
  | { readonly type: "pin-care-wanted" }
  | { readonly type: "new-pin-submitted" }
  | { readonly type: "pin-renewed"; readonly attempt: number; readonly kind: PinRenewal; readonly at: number }
  | { readonly type: "step-up-wanted"; readonly stepUp: string; readonly seat: string; readonly application: string }
  /** The broker waits for this one no longer. */
  | { readonly type: "step-up-over"; readonly stepUp: string }
  | { readonly type: "step-up-granted"; readonly attempt: number; readonly session: SeatedSession }
  | { readonly type: "last-try-confirmed" }
  | { readonly type: "cancelled" }
  | { readonly type: "woken" }
  | { readonly type: "launch-wanted"; readonly application: string }
  | { readonly type: "activity-change-wanted" }
  | { readonly type: "activity-wanted"; readonly activity: string }
  | { readonly type: "session-described"; readonly attempt: number; readonly session: SeatedSession }
  | { readonly type: "favourite-wanted"; readonly application: string; readonly favourite: boolean }
  | { readonly type: "lock-wanted"; readonly at: number }
  /** Nobody has used the workstation for long, and the seat is covered soon. */
  | { readonly type: "idle-warned"; readonly seat: string; readonly coversAt: number }
  /** Somebody is there after all. */
  | { readonly type: "idle-ended"; readonly seat: string }
  /** Nobody has since `usedAt`. */
  | { readonly type: "idle-over"; readonly seat: string; readonly usedAt: number; readonly at: number }
  | { readonly type: "end-wanted"; readonly at: number }
  | { readonly type: "receipt-dismissed" };
