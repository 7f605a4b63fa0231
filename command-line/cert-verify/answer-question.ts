import { z } from "zod";
import { type Certificate, readCertificate } from "../../core/certificate/certificate.ts";
import { readCertificateList } from "../../core/certificate/certificate-list.ts";
import { CertificateValidator } from "../../core/certificate/certificate-validator.ts";
import { DerProblem } from "../../core/certificate/der-reader.ts";
import type { ValidatorPorts } from "../../core/certificate/knowledge.ts";
import { nameText } from "../../core/certificate/name-text.ts";
import type { Demand, RevocationDemand } from "../../core/certificate/path/demand.ts";
import type { RefusalReason } from "../../core/certificate/verdict.ts";
import { type HolderIdentity, readHolderIdentity } from "../../core/identity/holder-identity.ts";
import { type VerifyQuestion, verifyQuestion } from "./verify-question.ts";

/** One line of what `wardkey cert verify` prints. */
export interface VerifyAnswer {
  readonly id: string | null;
  readonly valid: boolean;
  /** `input-malformed`: the question itself cannot be read. */
  readonly reason: "ok" | RefusalReason | "input-malformed";
  readonly detail: string;
  /** Subjects, leaf first and anchor last. */
  readonly path: readonly string[];
  readonly policySet: readonly string[];
  /** Whom the leaf names, where it names anybody; believed only where the answer is valid. */
  readonly identity?: HolderIdentity;
}

/** Answers any text; never throws for what is in it. */
export function answerText(text: string, ports: ValidatorPorts, now: number): VerifyAnswer {
  let question: unknown;
  try {
    question = JSON.parse(text);
  } catch {
    return malformed(null, "not JSON");
  }
  return answerQuestion(question, ports, now);
}

export function answerQuestion(question: unknown, ports: ValidatorPorts, now: number): VerifyAnswer {
  const id = idOf(question);
  const parsed = verifyQuestion.safeParse(question);
  if (!parsed.success) return malformed(id, z.prettifyError(parsed.error).replaceAll("\n", " ").slice(0, 500));
  const { leaf, ocspResponses } = parsed.data;
  const unreadable: string[] = [];
  const validator = validatorOf(parsed.data, ports, unreadable);
  const verdict = validator.validate(leaf, demandOf(parsed.data, now), ocspResponses);
  const [certificate] = readAll([leaf], readCertificate);
  const identity = certificate === undefined ? undefined : readHolderIdentity(certificate);
  return {
    id,
    valid: verdict.valid,
    reason: verdict.valid ? "ok" : verdict.reason,
    detail: [...(verdict.valid ? [] : [verdict.detail]), ...unreadable].join("; "),
    path: verdict.valid ? verdict.path.map(({ subject }) => nameText(subject)) : [],
    policySet: verdict.valid ? verdict.policySet : [],
    ...(identity === undefined ? {} : { identity }),
  };
}

export function malformed(id: string | null, detail: string): VerifyAnswer {
  return { id, valid: false, reason: "input-malformed", detail, path: [], policySet: [] };
}

function idOf(question: unknown): string | null {
  if (typeof question !== "object" || question === null || !("id" in question)) return null;
  return typeof question.id === "string" ? question.id : null;
}

/** What cannot be read of the bag is left out, and said. */
function validatorOf(question: VerifyQuestion, ports: ValidatorPorts, unreadable: string[]): CertificateValidator {
  const nameAndKeyOnly = question.trustAnchorsAreNameAndKey;
  const note = (what: string) => (problem: string) => unreadable.push(`${what}: ${problem}`);
  return new CertificateValidator(
    {
      anchors: readAll(question.trustAnchors, readCertificate, note("an anchor")).map(certificate => ({
        certificate,
        nameAndKeyOnly,
      })),
      intermediates: readAll(question.intermediates, readCertificate, note("an intermediate")),
      lists: readAll(question.crls, der => readCertificateList(der), note("a list")),
    },
    ports,
  );
}

function readAll<Value extends Certificate | object>(
  ders: readonly Uint8Array[],
  read: (der: Uint8Array) => Value,
  note?: (problem: string) => void,
): Value[] {
  return ders.flatMap(der => {
    try {
      return [read(der)];
    } catch (error) {
      if (!(error instanceof DerProblem)) throw error;
      note?.(error.message);
      return [];
    }
  });
}

function demandOf(question: VerifyQuestion, now: number): Demand {
  const { policies, algorithms, maxIntermediates, validationTime } = question;
  return {
    at: validationTime == null ? now : Date.parse(validationTime),
    purposes: { rule: "none-excluded", of: question.requiredEku },
    keyUsages: question.requiredKeyUsage,
    refusesAuthorities: false,
    policies: {
      initialSet: new Set(policies.initialPolicySet),
      requireExplicit: policies.requireExplicitPolicy,
      inhibitMapping: policies.inhibitPolicyMapping,
      inhibitAny: policies.inhibitAnyPolicy,
    },
    revocation: revocationOf(question),
    algorithms: {
      leastRsaBits: algorithms.minRsaBits,
      allowSha1: algorithms.allowSha1,
      allowDsa: algorithms.allowDsa,
    },
    ...(maxIntermediates === null ? {} : { mostIntermediates: maxIntermediates }),
  };
}

function revocationOf({ revocation, maxRevocationAgeSeconds }: VerifyQuestion): RevocationDemand | "off" {
  if (revocation === "off") return "off";
  const age = maxRevocationAgeSeconds === null ? undefined : maxRevocationAgeSeconds * 1_000;
  const ages = age === undefined ? {} : { longestAge: age, longestAgeWithoutNext: age };
  return { by: revocation === "crl" ? "lists" : "responses", ...ages };
}
