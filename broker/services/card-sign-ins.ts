import type { Clock } from "../../core/ports/clock.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { Challenge } from "../../core/proof/challenge.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import { decideChallenge, type SeatTaken } from "../../core/session/session-rules.ts";
import type { Admission } from "../directory/admission.ts";
import type { SecondFactorRule } from "../second-factor/second-factor-rule.ts";
import { sessionOfHolder } from "../store/session-table.ts";
import type { Store } from "../store/store.ts";
import type { CertificateJudge } from "./certificate-judge.ts";
import type { ChallengeBook } from "./challenge-book.ts";
import type { Workstation } from "./enrolments.ts";
import { newSecret } from "./identifiers.ts";
import { judgeProof } from "./proof-verdict.ts";
import type { Seating } from "./seating.ts";
import type { SignInDenials } from "./sign-in-denials.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly judge: CertificateJudge;
  readonly admission: Admission;
  readonly signatures: SignatureVerifier;
  readonly challenges: ChallengeBook;
  /** Whether the card alone brings a session back. */
  readonly secondFactor: Pick<SecondFactorRule, "presenceCounts">;
  readonly seating: Pick<Seating, "seat">;
  readonly denials: SignInDenials;
  readonly settings: {
    readonly origin: string;
    readonly brokerKey: string;
    readonly sessionMs: number;
    graceMsOf(place: string): number;
  };
}

const meansOf = { authentication: "card-pin", presence: "card-presence" } as const;

/** Sign-ins by card: what it has to prove, and what its proof opens. */
export class CardSignIns {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A card shows its certificate: what has to be proved, or a recorded denial. Rejects with the certificate's failure. */
  async challenge(
    workstation: Workstation,
    certificate: Uint8Array,
    presenceAllowed: boolean,
  ): Promise<{ challenge: Challenge; holder: SessionHolder }> {
    const { judge, admission, clock, settings, store, challenges, secondFactor, denials } = this.#parts;
    const judgement = await judge.judge(certificate, "authentication");
    if (!judgement.fit) return denials.deny(workstation, judgement.code, judgement.detail, judgement.claimed);
    const refusal = await admission.refusalOf(store.db, judgement.holder.id);
    if (refusal !== undefined) return denials.deny(workstation, refusal.code, refusal.detail, judgement.holder.id);
    const session = await sessionOfHolder(store.db, judgement.holder.id);
    const situation = {
      workstation: workstation.id,
      now: clock.now(),
      presenceAllowed: presenceAllowed && secondFactor.presenceCounts(workstation),
    };
    const decision = decideChallenge(session, situation, { graceMs: settings.graceMsOf(workstation.place) });
    const { origin, brokerKey } = settings;
    const challenge = { nonce: newSecret(256), origin, brokerKey, workstation: workstation.id, ...decision };
    const { holder, publicKey, remarks } = judgement;
    challenges.give({ challenge, certificate, holder, publicKey, remarks });
    return { challenge, holder };
  }

  /** The card's answer: opens, resumes or moves the holder's session. Rejects with the reason, recorded. */
  async prove(
    workstation: Workstation,
    nonce: string,
    proof: string,
    stages: Readonly<Record<string, number>>,
  ): Promise<SeatTaken> {
    const { challenges, judge, signatures, seating, denials, settings } = this.#parts;
    const given = challenges.take(nonce);
    if (given === undefined || given.challenge.workstation !== workstation.id)
      return denials.deny(workstation, "challenge-unknown", "");
    if (given.challenge.purpose === "step-up")
      return denials.deny(workstation, "proof-mismatch", "given for a step-up", given.holder.id);
    const verdict = await judgeProof(proof, given, judge, signatures);
    if (!verdict.holds) return denials.deny(workstation, verdict.code, verdict.detail, given.holder.id);
    const { key } = given.challenge;
    const { holder, certificate, remarks } = verdict;
    return seating.seat(workstation, {
      holder,
      means: meansOf[key],
      card: { certificate, key, shown: given.certificate },
      remarks,
      limit: { lifetimeMs: settings.sessionMs },
      stages,
    });
  }
}
