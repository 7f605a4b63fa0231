import type { FailureCode } from "../../core/errors/catalogue.ts";
import type { Means } from "../../core/session/means.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { Condition, SessionLimit } from "../services/proved.ts";

/**
 * What a name and a password come to. `why` is for the trail; `holder`, PS_IdNat, whom they speak of, where that is known; `names`: as
 * what else `why` may call him.
 */
export type PasswordOutcome =
  | {
      readonly outcome: "right";
      readonly holder: SessionHolder;
      readonly means: Means;
      readonly limit: SessionLimit;
      /** What has to be written, or still be so, in the transaction that gives the seat. */
      readonly condition: Condition;
      /** He has to prove himself once more, wherever he is. */
      readonly wantsSecondFactor?: boolean | undefined;
    }
  | {
      readonly outcome: "wrong";
      readonly code: Extract<FailureCode, "password-refused" | "sign-in-throttled" | "directory-password-unavailable">;
      readonly why: string;
      readonly holder: string | undefined;
      readonly names: readonly string[];
    };
