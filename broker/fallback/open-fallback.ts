import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Admission } from "../directory/admission.ts";
import type { DirectoryConfiguration } from "../directory/directory-configuration.ts";
import type { QueueNotice } from "../notices/queue-notice.ts";
import type { House } from "../services/house.ts";
import { nodeTimers } from "../services/node-timers.ts";
import type { Seating } from "../services/seating.ts";
import type { SessionEndings } from "../services/session-endings.ts";
import type { SignInCounts } from "../services/sign-in-counts.ts";
import type { Store } from "../store/store.ts";
import { DirectoryPasswords } from "./directory-passwords.ts";
import type { FallbackConfiguration } from "./fallback-configuration.ts";
import { Fallbacks } from "./fallbacks.ts";
import { PasswordHashes } from "./password-hashes.ts";
import { PasswordSignIns, pausesOf } from "./password-sign-ins.ts";
import { TemporaryPasswords } from "./temporary-passwords.ts";

interface FallbackParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: Pick<House, "places">;
  readonly admission: Admission;
  readonly seating: Seating;
  readonly sessionEndings: SessionEndings;
  readonly counts: SignInCounts;
  readonly queueNotice: QueueNotice;
  readonly directory: DirectoryConfiguration;
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
  const { directory, ...shared } = parts;
  const { directoryPasswords: profiles } = configuration;
  const temporary = new TemporaryPasswords({ ...shared, hashes });
  const ofDirectory = new DirectoryPasswords({ ...shared, profiles, directory, pauses: pausesOf(configuration) });
  return {
    fallbacks: new Fallbacks({ ...shared, configuration, hashes }),
    passwords: new PasswordSignIns({ ...shared, configuration, temporary, ofDirectory, timers: nodeTimers }),
  };
}
