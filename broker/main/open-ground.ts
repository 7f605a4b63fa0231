import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { IdentifierKeys } from "../audit/identifier-keys.ts";
import type { Store } from "../store/store.ts";
import { nodeSignatureVerifier } from "../trust/node-signature-verifier.ts";
import { type BrokerKey, openBrokerKey } from "./broker-key.ts";
import type { BrokerLife } from "./broker-life.ts";
import type { BrokerConfiguration } from "./configuration.ts";
import { openStore } from "./open-store.ts";
import { testVerifier } from "./self-test.ts";

/** What every part of the broker stands on. */
export interface Ground {
  readonly configuration: BrokerConfiguration;
  readonly clock: Clock;
  readonly log: Log;
  readonly life: BrokerLife;
  readonly signatures: SignatureVerifier;
  /** What workstations know the broker by. */
  readonly key: BrokerKey;
  readonly store: Store;
  readonly identifierKeys: IdentifierKeys;
}

export async function openGround(given: Pick<Ground, "configuration" | "clock" | "log" | "life">): Promise<Ground> {
  const { configuration, clock, life } = given;
  mkdirSync(dirname(configuration.store), { recursive: true, mode: 0o700 });
  const signatures = nodeSignatureVerifier();
  testVerifier(signatures);
  const key = openBrokerKey(`${configuration.store}.key`, clock.now());
  const { store, keys: identifierKeys } = await openStore(configuration, "broker", clock.now());
  return { ...given, signatures, key, store: life.keep(store), identifierKeys };
}
