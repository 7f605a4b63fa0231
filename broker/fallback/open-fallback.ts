import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Admission } from "../directory/admission.ts";
import type { QueueNotice } from "../notices/queue-notice.ts";
import type { House } from "../services/house.ts";
import type { Sessions } from "../services/sessions.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import type { Store } from "../store/store.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";
import { Fallbacks } from "./fallbacks.ts";
import { PasswordHashes } from "./password-hashes.ts";
import { PasswordSignIns } from "./password-sign-ins.ts";

interface FallbackParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: Pick<House, "places">;
  readonly admission: Admission;
  readonly sessions: Sessions;
  readonly counts: SignInCounts;
  readonly queueNotice: QueueNotice;
}

/** Temporary access at work: what the helpdesk does, and what its passwords open. */
export interface OpenFallback {
  readonly fallbacks: Fallbacks;
  readonly passwords: PasswordSignIns;
}

/** Where it is configured. */
export function openFallback(
  configuration: FallbackConfiguration | undefined,
  parts: FallbackParts,
): OpenFallback | undefined {
  if (configuration === undefined) return undefined;
  const hashes = new PasswordHashes();
  return {
    fallbacks: new Fallbacks({ ...parts, configuration, hashes }),
    passwords: new PasswordSignIns({ ...parts, configuration, hashes }),
  };
}
