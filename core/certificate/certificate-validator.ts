import { readCertificate } from "./certificate.ts";
import { DerProblem } from "./der-reader.ts";
import { Examination } from "./examination.ts";
import type { Knowledge, TrustMaterial, ValidatorPorts } from "./knowledge.ts";
import type { Demand } from "./path/demand.ts";
import { BudgetSpent } from "./path/search-budget.ts";
import { SignatureMemory } from "./path/signature-memory.ts";
import { type OcspResponse, readOcspResponse } from "./revocation/ocsp-response.ts";
import { refuse, type Verdict } from "./verdict.ts";

/**
 * Verdicts on certificates by RFC 5280 section 6 and RFC 6960. What is undetermined is refused; nothing that is read makes it
 * throw or search without end. Parsed issuers and lists are kept, and their signatures checked once.
 */
export class CertificateValidator {
  readonly #knowledge: Knowledge;

  /** `signatures`: a memory that outlives this validator, where what it is made of does. */
  constructor(material: TrustMaterial, ports: ValidatorPorts, signatures = new SignatureMemory(ports.signatures)) {
    const byName = Map.groupBy(material.intermediates, ({ subject }) => subject.key);
    const byIssuer = Map.groupBy(material.lists, ({ issuer }) => issuer.key);
    this.#knowledge = {
      ...material,
      ports,
      signatures,
      issuersNamed: name => byName.get(name) ?? [],
      listsOf: issuer => byIssuer.get(issuer) ?? [],
    };
  }

  /** `leaf` and `ocspResponses` are DER as somebody sent it. */
  validate(leaf: Uint8Array, demand: Demand, ocspResponses: readonly Uint8Array[] = []): Verdict {
    const certificate = readOr(leaf, readCertificate);
    if (typeof certificate === "string") return { valid: false, reason: "certificate-malformed", detail: certificate };
    const responses: OcspResponse[] = [];
    const unreadable: string[] = [];
    for (const der of ocspResponses) {
      const response = readOr(der, readOcspResponse);
      if (typeof response === "string") unreadable.push(`OCSP response: ${response}`);
      else responses.push(response);
    }
    try {
      return new Examination(this.#knowledge, demand, { responses, unreadable }).examine(certificate);
    } catch (error) {
      if (error instanceof BudgetSpent) return refuse("budget-spent", certificate, error.message);
      throw error;
    }
  }
}

/** What is read, or why it cannot be. */
function readOr<Value extends object>(der: Uint8Array, read: (der: Uint8Array) => Value): Value | string {
  try {
    return read(der);
  } catch (error) {
    if (error instanceof DerProblem) return error.message;
    throw error;
  }
}
