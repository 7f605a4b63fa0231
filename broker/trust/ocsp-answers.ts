import { toBase64 } from "../../core/bytes/base64.ts";
import type { Certificate } from "../../core/certificate/certificate.ts";
import { DerProblem } from "../../core/certificate/der-reader.ts";
import { readOcspResponse } from "../../core/certificate/revocation/ocsp-response.ts";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Digest } from "../../core/ports/digest.ts";
import type { Log } from "../../core/ports/log.ts";
import { postHttp } from "./fetch-http.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { ocspRequest } from "./ocsp-request.ts";

export interface OcspAnswersParts {
  readonly clock: Clock;
  readonly limits: FetchLimits;
  readonly sha1: Digest;
  readonly log: Log;
}

/** One certificate, and where its status can be asked for. */
export interface OcspQuestion {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly responders: readonly string[];
}

interface Answer {
  readonly der: Uint8Array;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export const ocspLimits = { largestBytes: 256 * 1024, timeoutMs: 3_000 } as const satisfies FetchLimits;
const minute = 60_000;
const mostAnswers = 20_000;

/**
 * What OCSP responders have answered, until its nextUpdate; one request at a time about a certificate. A responder that does not
 * answer is left alone for a minute, so that its silence costs one sign-in its patience and not each. Whether an answer counts is for the verdict.
 */
export class OcspAnswers {
  readonly #parts: OcspAnswersParts;
  readonly #answers = new Map<string, Answer>();
  readonly #underway = new Map<string, Promise<Uint8Array | undefined>>();
  /** Responders that failed, and when they may be asked again. */
  readonly #resting = new Map<string, number>();

  constructor(parts: OcspAnswersParts) {
    this.#parts = parts;
  }

  get isEmpty(): boolean {
    return this.#answers.size === 0;
  }

  /** The answer at hand; `undefined` where there is none that is current. */
  known({ certificate, issuer }: Pick<OcspQuestion, "certificate" | "issuer">): Uint8Array | undefined {
    const key = this.#keyOf(certificate, issuer);
    const answer = this.#answers.get(key);
    if (answer === undefined || this.#parts.clock.now() <= answer.until) return answer?.der;
    this.#answers.delete(key);
    return undefined;
  }

  /** The answer at hand, or that of the first responder that gives one; `undefined` where none does. */
  async ask(question: OcspQuestion): Promise<Uint8Array | undefined> {
    const known = this.known(question);
    if (known !== undefined) return known;
    const key = this.#keyOf(question.certificate, question.issuer);
    const underway = this.#underway.get(key) ?? this.#askFirst(key, question);
    this.#underway.set(key, underway);
    try {
      return await underway;
    } finally {
      this.#underway.delete(key);
    }
  }

  /** An answer that decided nothing is not kept: the next card asks again. */
  forget({ certificate, issuer }: Pick<OcspQuestion, "certificate" | "issuer">): void {
    this.#answers.delete(this.#keyOf(certificate, issuer));
  }

  async #askFirst(key: string, { certificate, issuer, responders }: OcspQuestion): Promise<Uint8Array | undefined> {
    const { clock, limits, log } = this.#parts;
    for (const address of responders) {
      if ((this.#resting.get(address) ?? 0) > clock.now()) continue;
      try {
        const der = await postHttp(address, "application/ocsp-request", ocspRequest(certificate, issuer), limits);
        this.#resting.delete(address);
        this.#keep(key, { der, until: goodUntil(der, address, clock.now()) });
        return der;
      } catch (thrown) {
        const { code, detail } = asFailure(thrown);
        if (code === "revocation-source-unreachable") this.#resting.set(address, clock.now() + minute);
        else if (code !== "revocation-data-unreadable") throw thrown;
        log.warn(code, { address, detail });
      }
    }
    return undefined;
  }

  #keep(key: string, answer: Answer): void {
    const [oldest] = this.#answers.keys();
    if (this.#answers.size >= mostAnswers && oldest !== undefined) this.#answers.delete(oldest);
    this.#answers.set(key, answer);
  }

  #keyOf({ serial }: Certificate, { publicKeyBits }: Certificate): string {
    return `${toBase64(this.#parts.sha1(publicKeyBits))} ${toBase64(serial)}`;
  }
}

/** An answer without nextUpdate says that there is newer news at any time. Throws `revocation-data-unreadable`. */
function goodUntil(der: Uint8Array, address: string, now: number): number {
  try {
    const next = readOcspResponse(der).responses.map(({ nextUpdate }) => nextUpdate ?? now + minute);
    return Math.min(...next, now + 24 * 60 * minute);
  } catch (error) {
    if (!(error instanceof DerProblem)) throw error;
    throw new Failure("revocation-data-unreadable", { detail: `${address}: no OCSP response: ${error.message}` });
  }
}
