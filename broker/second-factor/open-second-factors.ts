import type { Clock } from "../../core/ports/clock.ts";
import type { House } from "../services/house.ts";
import { SealingKey } from "../services/sealing-key.ts";
import type { Store } from "../store/store.ts";
import { KeyPages } from "./key-pages.ts";
import { OwnFactors } from "./own-factors.ts";
import { PendingSignIns } from "./pending-sign-ins.ts";
import { SecondFactorRule } from "./second-factor-rule.ts";
import { SecurityKeys } from "./security-keys.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly house: Pick<House, "places">;
  readonly webOrigin: string;
  /** Holds the key of what authenticators share with the broker. */
  readonly secretsFile: string;
}

/** Second proofs at work: where they are asked for, what waits for one, and what holders register. */
export interface OpenSecondFactors {
  readonly rule: SecondFactorRule;
  readonly pending: PendingSignIns;
  readonly pages: KeyPages;
  readonly factors: OwnFactors;
  readonly secrets: SealingKey;
}

export function openSecondFactors({ store, clock, house, webOrigin, secretsFile }: Parts): OpenSecondFactors {
  const pending = new PendingSignIns(clock);
  const keys = new SecurityKeys(webOrigin);
  const secrets = new SealingKey(secretsFile);
  return {
    rule: new SecondFactorRule({ house, store, clock, pending, keys }),
    pending,
    pages: new KeyPages({ db: store.db, clock, pending, keys, webOrigin }),
    factors: new OwnFactors({ store, clock, keys, secrets }),
    secrets,
  };
}
