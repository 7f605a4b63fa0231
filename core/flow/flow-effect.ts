import type { GlassReason } from "../break-glass/break-glass.ts";
import type { FailureCode } from "../errors/catalogue.ts";
import type { CoverReason, OfferedChallenge } from "../ports/broker-connection.ts";
import type { IdentifiedCard, Insertion, PinRenewal } from "../ports/card-readers.ts";

/** What has to be done, in this order. A screen is covered before anything is told to anybody (design D4). */
export type FlowEffect =
  | { readonly type: "cover-screen" }
  | { readonly type: "uncover-screen"; readonly seat: string }
  /** The window comes in front of the seat's applications, which stay as they are; `uncover-screen` brings them back. */
  | { readonly type: "set-aside"; readonly seat: string }
  | { readonly type: "wipe-seat"; readonly seat: string }
  | { readonly type: "identify"; readonly attempt: number; readonly insertion: Insertion }
  | {
      readonly type: "ask-challenge";
      readonly attempt: number;
      readonly certificate: Uint8Array;
      readonly presenceAllowed: boolean;
    }
  | {
      readonly type: "prove-presence";
      readonly attempt: number;
      readonly insertion: Insertion;
      readonly offered: OfferedChallenge;
    }
  | { readonly type: "count-tries"; readonly attempt: number; readonly insertion: Insertion }
  | {
      readonly type: "sign-with-pin";
      readonly attempt: number;
      readonly insertion: Insertion;
      readonly card: IdentifiedCard;
      readonly offered: OfferedChallenge;
      /** True where the PIN is typed on the reader. */
      readonly onReader: boolean;
    }
  /** The old PIN or the unblocking code, and the new PIN, wait beside the flow as the PIN does. */
  | { readonly type: "renew-pin"; readonly attempt: number; readonly insertion: Insertion; readonly kind: PinRenewal }
  | { readonly type: "report-pin-renewed"; readonly kind: PinRenewal }
  | { readonly type: "send-proof"; readonly attempt: number; readonly nonce: string; readonly proof: string }
  | { readonly type: "ask-phone"; readonly attempt: number; readonly identifier: string }
  | { readonly type: "await-phone"; readonly attempt: number; readonly request: string }
  | { readonly type: "cancel-phone" }
  /** The password waits beside the flow until this takes it. */
  | { readonly type: "send-password"; readonly attempt: number; readonly who: string }
  | { readonly type: "ask-owed-factor"; readonly attempt: number }
  /** The code waits beside the flow until this takes it. */
  | { readonly type: "send-code"; readonly attempt: number; readonly request: string }
  /** Opens the broker's page for the key in front, in a browser of its own under the request's name, and waits for its outcome. */
  | { readonly type: "ask-key"; readonly attempt: number; readonly request: string }
  | { readonly type: "abandon-second-factor" }
  | {
      readonly type: "send-break-glass";
      readonly attempt: number;
      readonly who: string;
      readonly reason: GlassReason;
    }
  | {
      readonly type: "raise-glass";
      readonly seat: string;
      readonly application: string;
      readonly reason: GlassReason;
    }
  | { readonly type: "end-glass"; readonly seat: string }
  /** When a broken glass ends, its session is asked about: a broker that is away says nothing. `at` in milliseconds since 1970. */
  | { readonly type: "watch-glass"; readonly seat: string; readonly at: number }
  /** The session of an open seat is to be described anew. */
  | { readonly type: "renew-session"; readonly seat: string }
  /** It may not be open any more. */
  | { readonly type: "close-application"; readonly seat: string; readonly application: string }
  /** A challenge grows old while the person thinks. */
  | { readonly type: "watch-challenge-age"; readonly attempt: number }
  /** The session must not outlive its end here, even where the broker cannot say so. `at` in milliseconds since 1970. */
  | { readonly type: "watch-expiry"; readonly seat: string; readonly at: number }
  /** From now on it matters whether anybody uses the workstation. */
  | { readonly type: "watch-use"; readonly seat: string; readonly idleMs: number }
  /** The broker was in trouble, which passes by itself. */
  | { readonly type: "retry-later"; readonly insertion: Insertion }
  /** The broker may hold a seat here that nobody heard of: says again, on a new line, which one is believed in. */
  | { readonly type: "renew-line" }
  | { readonly type: "believe-seat"; readonly seat: string | undefined }
  /** `awayMs`: how long the holder had not been here when it was covered. */
  | { readonly type: "cover-seat"; readonly seat: string; readonly reason: CoverReason; readonly awayMs?: number }
  | { readonly type: "end-session"; readonly seat: string }
  | { readonly type: "launch"; readonly seat: string; readonly application: string }
  /** An application that is open already: what was being typed in it stays. */
  | { readonly type: "show-application"; readonly seat: string; readonly application: string }
  | {
      readonly type: "choose-activity";
      readonly attempt: number;
      readonly seat: string;
      readonly activity: string;
    }
  | { readonly type: "describe-session"; readonly attempt: number; readonly seat: string }
  | {
      readonly type: "keep-favourite";
      readonly seat: string;
      readonly application: string;
      readonly favourite: boolean;
    }
  | { readonly type: "record-application-closed"; readonly seat: string; readonly application: string }
  | {
      readonly type: "ask-step-up-challenge";
      readonly attempt: number;
      readonly stepUp: string;
      readonly certificate: Uint8Array;
    }
  | {
      readonly type: "send-step-up-proof";
      readonly attempt: number;
      readonly stepUp: string;
      readonly nonce: string;
      readonly proof: string;
    }
  /** The broker waits for an answer: there will be none but this. */
  | {
      readonly type: "refuse-step-up";
      readonly stepUp: string;
      readonly code: FailureCode;
      readonly triesLeft: number | undefined;
    }
  /** A refusal that the broker does not know of: it belongs into the trail, once. */
  | {
      readonly type: "report-refusal";
      readonly denied: "sign-in" | "pin-renewal" | "step-up";
      readonly code: FailureCode;
      readonly triesLeft: number | undefined;
      readonly certificate: Uint8Array | undefined;
    };
