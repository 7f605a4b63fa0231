import { randomInt } from "node:crypto";
import { asFailure, Failure } from "../../core/errors/failure.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { SeatTaken } from "../../core/session/session-rules.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import type { Admission } from "../directory/admission.ts";
import { atMost } from "../services/attempt-rules.ts";
import { Attempts } from "../services/attempts.ts";
import type { Workstation } from "../services/enrolments.ts";
import { newIdentifier } from "../services/identifiers.ts";
import { orNothing } from "../services/or-nothing.ts";
import { holderBehind } from "../store/alias-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Asked, CibaClient } from "./ciba-client.ts";
import { federatedHolder, identifierIn } from "./federated-identity.ts";
import type { FederationConfiguration } from "./federation-configuration.ts";

export interface FederatedRequest {
  readonly request: string;
  /** Two digits, to be compared with the phone's. */
  readonly bindingMessage: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

interface Waiting {
  readonly workstation: string;
  readonly answer: Promise<unknown>;
  readonly abort: AbortController;
  readonly identifier: string;
}

interface Parts {
  readonly configuration: FederationConfiguration;
  readonly client: CibaClient;
  readonly store: Store;
  readonly clock: Clock;
  /** Whoever the directory does not let in has no phone rung. */
  readonly admission: Admission;
  /** Opens, resumes or moves the holder's session. */
  seat(workstation: Workstation, holder: SessionHolder, lifetimeMs: number): Promise<SeatTaken>;
  /** Records a refusal and throws it. */
  deny(workstation: Workstation, code: Failure["code"], detail: string, holder?: string): Promise<never>;
}

const fiveMinutesMs = 300_000;

/**
 * Sign-ins that a federation confirms on the holder's phone. A request belongs to the workstation that made it and is taken once.
 * Asking makes somebody's phone ring: it is limited for each workstation and for each person, and recorded.
 */
export class FederatedSignIns {
  readonly #parts: Parts;
  readonly #waiting = new Map<string, Waiting>();
  readonly #byWorkstation: Attempts;
  readonly #byPerson: Attempts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#byWorkstation = new Attempts(parts.clock, atMost({ most: 10, withinMs: fiveMinutesMs }));
    this.#byPerson = new Attempts(parts.clock, atMost({ most: 3, withinMs: fiveMinutesMs }));
  }

  /** What the window offers at this place; `undefined`: nothing. */
  offeredAt(place: string): string | undefined {
    const { name, places } = this.#parts.configuration;
    return places === undefined || places.includes(place) ? name : undefined;
  }

  /**
   * Asks the phone. Rejects with `request-malformed` where the place does not offer it, `federation-identifier-malformed`,
   * `sign-in-throttled`, `federation-refused` and `federation-unreachable`, all recorded.
   */
  async begin(workstation: Workstation, typed: string): Promise<FederatedRequest> {
    const { client, store, clock, admission } = this.#parts;
    if (this.offeredAt(workstation.place) === undefined) throw new Failure("request-malformed");
    const identifier = identifierIn(typed);
    if (identifier === undefined) return this.#parts.deny(workstation, "federation-identifier-malformed", "");
    const waitMs = Attempts.takeAll([this.#byWorkstation, workstation.id], [this.#byPerson, identifier]);
    if (waitMs > 0) return this.#parts.deny(workstation, "sign-in-throttled", `${waitMs} ms`, identifier);
    const refusal = await admission.refusalOf(store.db, await holderBehind(store.db, identifier));
    if (refusal !== undefined) return this.#parts.deny(workstation, refusal.code, refusal.detail, identifier);
    this.#end(workstation.id);
    const at = clock.now();
    const record: TrailRecord = {
      at,
      act: "federation-asked",
      holder: identifier,
      workstation: workstation.id,
      place: workstation.place,
    };
    await store.write(tx => appendTrail(tx, record));
    const bindingMessage = String(randomInt(10, 100));
    const asked = await this.#orDenied(workstation, identifier, () => client.ask(identifier, bindingMessage));
    const request = this.#wait(workstation, identifier, asked);
    return { request, bindingMessage, expiresAt: at + asked.expiresInMs };
  }

  /** Waits for the phone, up to `longestMs`; `undefined`: not yet. Rejects as `begin` does, and with `challenge-unknown` where nobody is asked any more. */
  async answer(workstation: Workstation, request: string, longestMs: number): Promise<SeatTaken | undefined> {
    const waiting = this.#waiting.get(request);
    if (waiting?.workstation !== workstation.id) throw new Failure("challenge-unknown");
    const { identifier, answer } = waiting;
    const claims = await this.#orDenied(workstation, identifier, () => orNothing(answer, longestMs), request);
    if (claims === undefined) return undefined;
    // Two that wait for one request: the first takes it.
    if (!this.#waiting.delete(request)) throw new Failure("challenge-unknown");
    const holder = federatedHolder(claims);
    if (holder?.id !== identifier)
      return this.#parts.deny(workstation, "federation-refused", "another person confirmed", identifier);
    const id = await holderBehind(this.#parts.store.db, holder.id);
    return this.#parts.seat(workstation, { ...holder, id }, this.#parts.configuration.sessionMinutes * 60_000);
  }

  /** The person has turned away. */
  cancel(workstation: Workstation): void {
    this.#end(workstation.id);
  }

  async close(): Promise<void> {
    for (const { workstation } of [...this.#waiting.values()]) this.#end(workstation);
    await this.#parts.client.close();
  }

  #wait(workstation: Workstation, identifier: string, asked: Asked): string {
    const request = newIdentifier();
    const abort = new AbortController();
    const answer = asked.answer(AbortSignal.any([abort.signal, AbortSignal.timeout(asked.expiresInMs)]));
    // Nobody may be listening when it fails.
    answer.catch(() => undefined);
    this.#waiting.set(request, { workstation: workstation.id, answer, abort, identifier });
    return request;
  }

  /** A workstation has one at a time. */
  #end(workstation: string): void {
    for (const [request, waiting] of this.#waiting)
      if (waiting.workstation === workstation) {
        waiting.abort.abort();
        this.#waiting.delete(request);
      }
  }

  async #orDenied<Value>(
    workstation: Workstation,
    identifier: string,
    work: () => Promise<Value>,
    request?: string,
  ): Promise<Value> {
    try {
      return await work();
    } catch (problem) {
      // The person had turned away: nothing was refused.
      if (request !== undefined && !this.#waiting.delete(request)) throw new Failure("challenge-unknown");
      const { code, detail } = asFailure(problem);
      return this.#parts.deny(workstation, code, detail ?? "", identifier);
    }
  }
}
