import { type Certificate, readCertificate } from "../../core/certificate/certificate.ts";
import { DerProblem } from "../../core/certificate/der-reader.ts";
import type { SignatureVerifier } from "../../core/ports/signature-verifier.ts";
import type { CardVerdict } from "../../core/trust-policy/judge-card.ts";
import { namedSources } from "../../core/trust-policy/named-sources.ts";
import type { TrustDomain } from "../../core/trust-policy/trust-document.ts";
import type { OcspAnswers, OcspQuestion } from "./ocsp-answers.ts";
import { authoritiesOf, issuerOf } from "./served-document.ts";

export interface Judging {
  readonly domains: readonly TrustDomain[];
  readonly signatures: SignatureVerifier;
  readonly answers: OcspAnswers;
  /** By the lists at hand and these responses. */
  judge(ocspResponses: readonly Uint8Array[]): CardVerdict;
  /** Fetches the lists that a certificate names, where they are not known yet. */
  learnFrom(certificate: Certificate): Promise<void>;
}

const longestPath = 12;
const mostResponders = 3;

/**
 * A verdict by the lists and OCSP answers at hand. Where they do not decide, or only old ones do, first the lists that the certificate
 * names are fetched, then its responders are asked, and the verdict is given again.
 */
export async function judgeAsking(leaf: Uint8Array, judging: Judging): Promise<CardVerdict> {
  const { answers, judge } = judging;
  const certificate = readOrNothing(leaf);
  if (certificate === undefined) return judge([]);
  const known = () =>
    answers.isEmpty ? [] : questionsAbout(certificate, judging).flatMap(question => answers.known(question) ?? []);
  const first = judge(known());
  if (isDecided(first)) return first;
  await judging.learnFrom(certificate);
  const second = judge(known());
  if (isDecided(second)) return second;
  const questions = questionsAbout(certificate, judging);
  const told = await Promise.all(questions.map(question => answers.ask(question)));
  const responses = told.flatMap(response => response ?? []);
  if (responses.length === 0) return second;
  const third = judge(responses);
  if (!isDecided(third)) for (const question of questions) answers.forget(question);
  return third;
}

function questionsAbout(leaf: Certificate, { domains, signatures }: Judging): readonly OcspQuestion[] {
  return domains
    .filter(({ revocation }) => revocation.ocsp.use !== "never")
    .flatMap(domain => questionsOf(leaf, domain, signatures));
}

/** False where better data could change it. */
function isDecided(verdict: CardVerdict): boolean {
  return verdict.fit ? verdict.revocation === "current" : verdict.code !== "revocation-unknown";
}

/**
 * What to ask about each certificate from the leaf up to below the anchor. Only about those that an authority of ours signed: nobody
 * else has the broker ask anything.
 */
function questionsOf(leaf: Certificate, domain: TrustDomain, signatures: SignatureVerifier): readonly OcspQuestion[] {
  const { ocsp } = domain.revocation;
  const questions: OcspQuestion[] = [];
  const { anchors } = authoritiesOf(domain);
  for (let certificate = leaf; questions.length < longestPath; ) {
    const issuer = issuerOf(certificate, domain, signatures);
    if (issuer === undefined) break;
    const responders = ocsp.use === "at" ? [ocsp.address] : namedSources(certificate).ocsp.slice(0, mostResponders);
    questions.push({ certificate, issuer, responders });
    if (anchors.includes(issuer)) break;
    certificate = issuer;
  }
  return questions;
}

/** A certificate as somebody sent it; `undefined` where it cannot be read. */
function readOrNothing(der: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerProblem) return undefined;
    throw error;
  }
}
