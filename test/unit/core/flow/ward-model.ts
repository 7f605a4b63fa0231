import type { FlowEffect } from "../../../../core/flow/flow-effect.ts";
import type { FlowEvent } from "../../../../core/flow/flow-event.ts";
import { type FlowState, initialFlow, type Phase } from "../../../../core/flow/flow-state.ts";
import { insertionIn, type Step } from "../../../../core/flow/step.ts";
import type { OfferedChallenge, SeatedSession } from "../../../../core/ports/broker-connection.ts";
import type { IdentifiedCard } from "../../../../core/ports/card-readers.ts";
import type { Means } from "../../../../core/session/means.ts";
import type { LostSeat, Session } from "../../../../core/session/session.ts";
import {
  coverSeat,
  decideChallenge,
  isAlive,
  mayGoOn,
  stepUp,
  takeSeat,
} from "../../../../core/session/session-rules.ts";
import { brokenStepUpRule, ModelStepUps } from "./model-step-ups.ts";

export type Transition = (state: FlowState, event: FlowEvent) => Step;

/** A rule of the design that a step has broken. */
export class Violation extends Error {}

const graceMs = 300_000;
const idleMs = 900_000;
const workstationCount = 2;

interface ModelCard {
  readonly holder: string;
  readonly hasPresenceKey: boolean;
  tries: number;
  unblockingTries: number;
  /** Which workstation's reader it is in, and which stay this is. */
  place: { readonly workstation: number; readonly insertion: string } | undefined;
}

interface Errand {
  readonly epoch: number;
  readonly workstation: number;
  readonly effect: FlowEffect;
  readonly pinIsRight: boolean | undefined;
}

interface Answer {
  readonly epoch: number;
  readonly workstation: number;
  readonly event: FlowEvent;
}

interface ModelWorkstation {
  state: FlowState;
  /** Counts restarts: what was asked before one is answered to nobody. */
  epoch: number;
  /** The seat whose applications can be seen. */
  visible: string | undefined;
  /** The window stands in front of them all the same. */
  aside: boolean;
  believed: string | undefined;
  typed: boolean | undefined;
  /** The question whose last try the person wanted to be spent. */
  confirmed: number | undefined;
}

type Holder = {
  readonly id: string;
  readonly displayName: string;
  readonly profession: string;
  readonly professionCode: undefined;
};

/**
 * Two workstations that run the real transition, a broker that follows the real session rules, and two cards. What the flow
 * asks of the outside is done, and answered, whenever the test says so; after every step the rules of the design are checked.
 */
export class WardModel {
  readonly workstations: ModelWorkstation[] = [];
  readonly cards: readonly ModelCard[] = [
    { holder: "physician", hasPresenceKey: true, tries: 3, unblockingTries: 3, place: undefined },
    { holder: "nurse", hasPresenceKey: false, tries: 3, unblockingTries: 3, place: undefined },
  ];
  readonly #transition: Transition;
  readonly #sessions = new Map<string, Session>();
  readonly #nonces = new Map<
    string,
    {
      readonly holder: string;
      readonly workstation: number;
      readonly key: string;
      readonly until: number;
      readonly stepUp?: string;
    }
  >();
  /** Whom each workstation has the broker's federation ask. */
  readonly #phones = new Map<number, { readonly request: string; readonly holder: string }>();
  /** Places outside the hospital, where one proof is not enough. */
  readonly #placesOutside = new Set<number>();
  /** Sign-ins that wait for a second proof. */
  readonly #owed = new Map<number, { readonly request: string; readonly holder: string; readonly means: Means }>();
  readonly #errands: Errand[] = [];
  readonly #answers: Answer[] = [];
  readonly #opened = new Map<string, number>();
  readonly #stepUps = new ModelStepUps();
  #raised = 0;
  #openedOutside = 0;
  #now = 1_000_000;
  #counter = 0;
  #brokerUp = true;
  #insertions = new Map<string, ModelCard>();

  constructor(transition: Transition) {
    this.#transition = transition;
    for (let index = 0; index < workstationCount; index += 1) {
      this.workstations.push({
        state: { ...initialFlow, connected: true },
        epoch: 0,
        visible: undefined,
        aside: false,
        believed: undefined,
        typed: undefined,
        confirmed: undefined,
      });
    }
  }

  get openedSessions(): number {
    return this.#opened.size;
  }

  get raisedSessions(): number {
    return this.#raised;
  }

  /** Seats that were given for a second proof. */
  get openedOutside(): number {
    return this.#openedOutside;
  }

  // What people and the world do.

  insert(card: number, workstation: number): void {
    const known = this.#card(card);
    if (known.place !== undefined) return;
    const insertion = `insertion-${++this.#counter}`;
    known.place = { workstation, insertion };
    this.#insertions.set(insertion, known);
    this.#happen(workstation, { type: "card-inserted", insertion, at: this.#now });
  }

  remove(card: number): void {
    const known = this.#card(card);
    if (known.place === undefined) return;
    const { workstation, insertion } = known.place;
    known.place = undefined;
    this.#happen(workstation, { type: "card-removed", insertion, at: this.#now });
  }

  type(workstation: number, right: boolean): void {
    const known = this.#workstation(workstation);
    if (known.state.phase.name !== "entering-pin" && known.state.stepUp?.step !== "typing") return;
    known.typed = right;
    this.#happen(workstation, { type: "pin-submitted" });
    known.typed = undefined;
  }

  typeNewPin(workstation: number, right: boolean): void {
    const known = this.#workstation(workstation);
    if (known.state.care?.step !== "typing") return;
    known.typed = right;
    this.#happen(workstation, { type: "new-pin-submitted" });
    known.typed = undefined;
  }

  /** Nobody uses the workstation, is warned, comes back after all, or does not. */
  beIdle(workstation: number, what: "idle-warned" | "idle-ended" | "idle-over"): void {
    const { believed: seat } = this.#workstation(workstation);
    if (seat === undefined) return;
    if (what === "idle-ended") this.#happen(workstation, { type: what, seat });
    else if (what === "idle-warned") this.#happen(workstation, { type: what, seat, coversAt: this.#now + 60_000 });
    else this.#happen(workstation, { type: what, seat, usedAt: this.#now - idleMs, at: this.#now });
  }

  press(
    workstation: number,
    what: "cancelled" | "woken" | "last-try-confirmed" | "pin-care-wanted" | "lock" | "end",
  ): void {
    if (what === "lock") this.#happen(workstation, { type: "lock-wanted", at: this.#now });
    else if (what === "end") this.#happen(workstation, { type: "end-wanted", at: this.#now });
    else {
      const known = this.#workstation(workstation);
      const { phase, care, stepUp: asked } = known.state;
      if (what === "last-try-confirmed") {
        if (asked?.step === "typing") known.confirmed = asked.attempt;
        else if (care?.step === "typing") known.confirmed = care.attempt;
        else if (phase.name === "entering-pin") known.confirmed = phase.attempt;
      }
      this.#happen(workstation, { type: what });
    }
  }

  /** Somebody without a card says who he is. */
  callPhone(workstation: number, holder: string): void {
    this.#happen(workstation, { type: "phone-wanted" });
    this.#happen(workstation, { type: "identifier-submitted", identifier: holder });
  }

  /** Somebody without a card types what the helpdesk gave him. */
  typePassword(workstation: number, holder: string): void {
    this.#happen(workstation, { type: "password-wanted" });
    this.#happen(workstation, { type: "password-submitted", who: holder });
  }

  /** An administrator says so, or not any more. */
  lieOutside(workstation: number): void {
    if (!this.#placesOutside.delete(workstation)) this.#placesOutside.add(workstation);
  }

  /** The code of the phone, right or wrong. */
  typeCode(workstation: number, right: boolean): void {
    const known = this.#workstation(workstation);
    if (known.state.phase.name !== "second-factor") return;
    known.typed = right;
    this.#happen(workstation, { type: "code-submitted" });
    known.typed = undefined;
  }

  takeKey(workstation: number): void {
    this.#happen(workstation, { type: "key-wanted" });
  }

  /** The person closes the page for the key. */
  closeKeyPage(workstation: number): void {
    const { phase } = this.#workstation(workstation).state;
    if (phase.name === "awaiting-key")
      this.#happen(workstation, { type: "application-closed", seat: phase.owed.request, application: "security-key" });
  }

  /** Somebody without a card says who he is, in an emergency. */
  breakGlass(workstation: number, holder: string): void {
    this.#happen(workstation, { type: "break-glass-wanted" });
    const reason = { kind: "vital", words: "cardiac arrest" };
    this.#happen(workstation, { type: "break-glass-submitted", who: holder, reason });
  }

  /** An application in the seat's browser asks for the PIN again. */
  demandStepUp(workstation: number): void {
    const holding = [...this.#sessions.values()].find(({ seat }) => seat?.id === this.#seatOpenAt(workstation));
    if (!this.#brokerUp || holding?.seat === undefined) return;
    this.#push(workstation, this.#stepUps.ask(holding.seat.id, holding.holder.id, workstation));
  }

  /** Nobody typed in time. */
  expireStepUp(workstation: number): void {
    if (this.#brokerUp) this.#push(workstation, this.#stepUps.expire(workstation));
  }

  passTime(seconds: number): void {
    this.#now += seconds * 1000;
    for (const [index, { state }] of this.workstations.entries()) {
      if (seconds >= 45 && state.phase.name === "entering-pin")
        this.#happen(index, { type: "challenge-aged", attempt: state.phase.attempt });
      if (seconds >= 45 && state.stepUp?.step === "typing")
        this.#happen(index, { type: "challenge-aged", attempt: state.stepUp.attempt });
      if (state.phase.name === "refused") this.#happen(index, { type: "retry-due", insertion: state.phase.insertion });
    }
  }

  switchBroker(up: boolean): void {
    if (this.#brokerUp === up) return;
    this.#brokerUp = up;
    for (let index = 0; index < workstationCount; index += 1) {
      if (up) this.#hello(index);
      this.#happen(index, { type: up ? "broker-connected" : "broker-disconnected" });
    }
  }

  /** The agent's process dies and comes back; the cards are told anew, as new insertions. */
  restart(workstation: number): void {
    const known = this.#workstation(workstation);
    known.epoch += 1;
    known.state = { ...initialFlow, connected: this.#brokerUp };
    known.visible = undefined;
    known.aside = false;
    known.believed = undefined;
    if (this.#brokerUp) this.#hello(workstation);
    for (const card of this.cards) {
      if (card.place?.workstation !== workstation) continue;
      const insertion = `insertion-${++this.#counter}`;
      card.place = { workstation, insertion };
      this.#insertions.set(insertion, card);
      this.#happen(workstation, { type: "card-inserted", insertion, at: this.#now });
    }
  }

  /** Does one thing that the flow has asked for; `lost`: it is done, and its answer never arrives. */
  perform(choice: number, lost: boolean): void {
    const errand = this.#errands.splice(choice % Math.max(1, this.#errands.length), 1)[0];
    if (errand === undefined || errand.epoch !== this.#workstation(errand.workstation).epoch) return;
    const event = this.#outside(errand);
    if (event === undefined) return;
    const attempt = "attempt" in errand.effect ? errand.effect.attempt : 0;
    const told = lost && event.type !== "seat-cover-recorded" ? unanswered(errand.effect, attempt) : event;
    this.#answers.push({ epoch: errand.epoch, workstation: errand.workstation, event: told });
  }

  /** Delivers one answer, in any order; what is said of step-ups comes over one line, in its order. */
  deliver(choice: number): void {
    const chosen = this.#answers[choice % Math.max(1, this.#answers.length)];
    const next = this.#answers.find(
      one => one === chosen || (isOfLine(one) && isOfLine(chosen) && one.workstation === chosen?.workstation),
    );
    const [answer] = next === undefined ? [] : this.#answers.splice(this.#answers.indexOf(next), 1);
    if (answer === undefined || answer.epoch !== this.#workstation(answer.workstation).epoch) return;
    this.#happen(answer.workstation, answer.event);
  }

  /**
   * Everything that is under way comes to its end, in order. Then who sits open somewhere does so for the broker too, and the
   * broker holds nothing open that is not.
   */
  comeToRest(): void {
    this.switchBroker(true);
    this.#drain();
    for (const [index, { state }] of this.workstations.entries()) {
      if (state.phase.name === "open" && this.#seatOpenAt(index) !== state.phase.session.seat)
        throw new Violation("open here, and not for the broker");
      if (this.#seatOpenAt(index) !== undefined && state.phase.name !== "open")
        throw new Violation("open for the broker, and nobody sits there");
    }
    if (this.#stepUps.waitsInVain(index => this.#workstation(index).state))
      throw new Violation("the broker waits for a PIN that nobody is asked for");
  }

  #drain(): void {
    for (let turn = 0; this.#errands.length + this.#answers.length > 0; turn += 1) {
      if (turn > 500) throw new Violation("it never comes to rest");
      this.perform(0, false);
      this.deliver(0);
    }
  }

  #seatOpenAt(index: number): string | undefined {
    const here = [...this.#sessions.values()].find(({ seat }) => seat?.workstation === String(index));
    return here?.seat?.state === "open" ? here.seat.id : undefined;
  }

  // The flow, and what must hold.

  #happen(index: number, event: FlowEvent): void {
    const workstation = this.#workstation(index);
    const before = workstation.state;
    const { state, effects } = this.#transition(before, event);
    workstation.state = state;
    checkStep(before, event, state, effects);
    this.#checkLastTry(workstation, before, effects);
    for (const effect of effects) this.#take(index, effect);
    this.#checkWorld();
  }

  #take(index: number, effect: FlowEffect): void {
    const workstation = this.#workstation(index);
    switch (effect.type) {
      case "cover-screen":
        workstation.visible = undefined;
        workstation.aside = false;
        return;
      case "uncover-screen":
        workstation.visible = effect.seat;
        workstation.aside = false;
        return;
      case "set-aside":
        workstation.aside = true;
        return;
      case "believe-seat":
        workstation.believed = effect.seat;
        return;
      case "wipe-seat":
      case "launch":
      case "show-application":
      case "choose-activity":
      case "describe-session":
      case "keep-favourite":
      case "record-application-closed":
      case "report-refusal":
      case "report-pin-renewed":
      case "watch-challenge-age":
      case "watch-expiry":
      case "watch-use":
      case "retry-later":
      case "raise-glass":
      case "end-glass":
      case "watch-glass":
      case "renew-session":
      case "close-application":
        return;
      case "sign-with-pin":
      case "renew-pin":
      case "send-code":
        if (workstation.typed === undefined)
          throw new Violation("a PIN or a code goes out without a person having typed it");
        this.#errands.push({ epoch: workstation.epoch, workstation: index, effect, pinIsRight: workstation.typed });
        workstation.typed = undefined;
        return;
      case "identify":
      case "ask-challenge":
      case "prove-presence":
      case "count-tries":
      case "send-proof":
      case "ask-phone":
      case "await-phone":
      case "cancel-phone":
      case "send-password":
      case "ask-owed-factor":
      case "ask-key":
      case "abandon-second-factor":
      case "send-break-glass":
      case "ask-step-up-challenge":
      case "send-step-up-proof":
      case "refuse-step-up":
      case "renew-line":
      case "cover-seat":
      case "end-session":
        this.#errands.push({ epoch: workstation.epoch, workstation: index, effect, pinIsRight: undefined });
        return;
      default:
        effect satisfies never;
    }
  }

  #checkLastTry(
    { confirmed }: ModelWorkstation,
    { phase: from, care, stepUp: asked }: FlowState,
    effects: readonly FlowEffect[],
  ): void {
    if (care !== undefined && effects.some(({ type }) => type === "renew-pin")) {
      const card = this.#insertions.get(care.insertion);
      // Cards tell how many tries an unblocking code has only when one was wrong.
      const told = care.step === "typing" ? care.triesLeft : undefined;
      const left = care.kind === "change" ? card?.tries : told;
      if (left === 1 && confirmed !== care.attempt) throw new Violation("the last try was spent unconfirmed");
    }
    if (asked?.step === "typing" && effects.some(({ type }) => type === "sign-with-pin")) {
      if (this.#insertions.get(asked.insertion)?.tries === 1 && confirmed !== asked.attempt)
        throw new Violation("the last try was spent unconfirmed");
    }
    if (from.name !== "entering-pin" || !effects.some(({ type }) => type === "sign-with-pin")) return;
    if (this.#insertions.get(from.insertion)?.tries === 1 && confirmed !== from.attempt)
      throw new Violation("the last try was spent unconfirmed");
  }

  #checkWorld(): void {
    const open: string[] = [];
    for (const [index, { state, visible, aside }] of this.workstations.entries()) {
      const { phase } = state;
      const isChoosing = phase.name === "open" && phase.choice !== undefined;
      const isWarned = phase.name === "open" && phase.coversAt !== undefined;
      const hides = state.stepUp !== undefined || (isWarned && !isChoosing);
      if (hides && !aside) throw new Violation("applications hide the question");
      if (aside && !hides && !isChoosing) throw new Violation("nothing is asked, and the applications wait");
      if (visible !== undefined && (phase.name !== "open" || phase.session.seat !== visible))
        throw new Violation("applications can be seen that are not the sitting holder's");
      if (phase.name !== "open") continue;
      if (!this.#isBeingTold(index, phase.session.seat)) open.push(phase.session.session);
      if (this.#opened.get(phase.session.seat) === undefined)
        throw new Violation("open without the broker having opened it");
      if (phase.insertion === undefined) {
        if (!withoutCard.has(phase.session.means)) throw new Violation("open without the card that opened it");
        continue;
      }
      const card = this.#insertions.get(phase.insertion);
      if (card?.place?.workstation !== index || card.place.insertion !== phase.insertion)
        throw new Violation("open without its card");
      if (card.holder !== phase.session.holder.id) throw new Violation("open for another holder than the card's");
    }
    if (new Set(open).size !== open.length) throw new Violation("one session open in two places");
    const seats = [...this.#sessions.values()].flatMap(({ seat }) => (seat === undefined ? [] : [seat.workstation]));
    if (new Set(seats).size !== seats.length) throw new Violation("two seats on one workstation");
  }

  /** The word that this seat is lost is on its way: without a card, nothing else covers the old workstation. */
  #isBeingTold(index: number, seat: string): boolean {
    return this.#answers.some(
      ({ workstation, event }) => workstation === index && event.type === "seat-lost" && event.seat === seat,
    );
  }

  // The outside: cards and broker.

  #outside({ workstation, effect, pinIsRight }: Errand): FlowEvent | undefined {
    switch (effect.type) {
      case "identify": {
        const card = this.#present(effect.insertion);
        if (card === undefined) return failed(effect.attempt, "card-removed");
        return { type: "card-identified", attempt: effect.attempt, card: identified(card.holder) };
      }
      case "count-tries": {
        const card = this.#present(effect.insertion);
        if (card === undefined) return failed(effect.attempt, "card-removed");
        return {
          type: "tries-counted",
          attempt: effect.attempt,
          pin: { triesLeft: card.tries, minimumLength: 6, maximumLength: 8, canUnblock: true, onReader: false },
        };
      }
      case "prove-presence": {
        const card = this.#present(effect.insertion);
        if (card === undefined) return failed(effect.attempt, "card-removed");
        if (!card.hasPresenceKey) return { type: "presence-unavailable", attempt: effect.attempt };
        return { type: "proof-signed", attempt: effect.attempt, proof: `${card.holder} presence` };
      }
      case "sign-with-pin": {
        const card = this.#present(effect.insertion);
        if (card === undefined) return failed(effect.attempt, "card-removed");
        if (card.tries === 0) return failed(effect.attempt, "pin-blocked", 0);
        card.tries -= 1;
        if (pinIsRight !== true)
          return failed(effect.attempt, card.tries === 0 ? "pin-blocked" : "pin-wrong", card.tries);
        card.tries = 3;
        return { type: "proof-signed", attempt: effect.attempt, proof: `${card.holder} authentication` };
      }
      case "renew-pin":
        return this.#renewPin(effect, pinIsRight === true);
      case "ask-challenge":
        return this.#brokerUp ? this.#challenge(workstation, effect) : unanswered(effect, effect.attempt);
      case "send-proof":
        return this.#brokerUp ? this.#prove(workstation, effect) : unanswered(effect, effect.attempt);
      case "ask-phone": {
        if (!this.#brokerUp) return unanswered(effect, effect.attempt);
        const request = `request-${++this.#counter}`;
        this.#phones.set(workstation, { request, holder: effect.identifier });
        return { type: "phone-asked", attempt: effect.attempt, request, bindingMessage: "47" };
      }
      case "await-phone":
        return this.#brokerUp ? this.#confirmed(workstation, effect) : unanswered(effect, effect.attempt);
      case "cancel-phone":
        if (this.#brokerUp) this.#phones.delete(workstation);
        return undefined;
      case "send-password":
        return this.#brokerUp
          ? this.#grant(workstation, effect.attempt, effect.who, "temporary-password")
          : unanswered(effect, effect.attempt);
      case "ask-owed-factor": {
        if (!this.#brokerUp) return unanswered(effect, effect.attempt);
        const owed = this.#owed.get(workstation);
        if (owed === undefined) return failed(effect.attempt, "second-factor-over", undefined, "broker");
        const holder = { displayName: owed.holder, profession: "" };
        const factors = ["totp", "security-key"] as const;
        return {
          type: "second-factor-told",
          attempt: effect.attempt,
          owed: { request: owed.request, holder, factors },
        };
      }
      case "send-code":
        if (!this.#brokerUp) return unanswered(effect, effect.attempt);
        if (pinIsRight !== true) return failed(effect.attempt, "second-factor-wrong", undefined, "broker");
        return this.#secondProof(workstation, effect);
      case "ask-key":
        return this.#brokerUp ? this.#secondProof(workstation, effect) : unanswered(effect, effect.attempt);
      case "abandon-second-factor":
        if (this.#brokerUp) this.#owed.delete(workstation);
        return undefined;
      case "send-break-glass":
        return this.#brokerUp
          ? this.#grant(workstation, effect.attempt, `claimed:${effect.who}`, "break-glass")
          : unanswered(effect, effect.attempt);
      case "ask-step-up-challenge":
        return this.#brokerUp ? this.#stepUpChallenge(workstation, effect) : unanswered(effect, effect.attempt);
      case "send-step-up-proof":
        return this.#brokerUp ? this.#raise(workstation, effect) : unanswered(effect, effect.attempt);
      case "refuse-step-up":
        if (this.#brokerUp) this.#stepUps.end(effect.stepUp);
        else this.#sayLater(workstation, effect);
        return undefined;
      case "cover-seat": {
        if (!this.#brokerUp) {
          this.#sayLater(workstation, effect);
          return undefined;
        }
        this.#coverSeat(effect.seat);
        return { type: "seat-cover-recorded", seat: effect.seat, graceUntil: this.#now + graceMs, at: this.#now };
      }
      case "renew-line":
        if (this.#brokerUp) {
          this.#happen(workstation, { type: "broker-disconnected" });
          this.#hello(workstation);
          this.#happen(workstation, { type: "broker-connected" });
        }
        return undefined;
      case "end-session":
        for (const [holder, session] of this.#sessions) {
          if (session.seat?.id !== effect.seat) continue;
          this.#sessions.delete(holder);
          this.#forgetLeftStepUps();
          this.#tellLost({ seat: effect.seat, workstation: session.seat.workstation, reason: "ended" }, undefined);
        }
        return undefined;
      default:
        return undefined;
    }
  }

  /** The word waits for the broker. */
  #sayLater(workstation: number, effect: FlowEffect): void {
    const { epoch } = this.#workstation(workstation);
    this.#errands.push({ epoch, workstation, effect, pinIsRight: undefined });
  }

  #push(workstation: number, event: FlowEvent | undefined): void {
    if (event !== undefined) this.#answers.push({ epoch: this.#workstation(workstation).epoch, workstation, event });
  }

  #stepUpChallenge(
    workstation: number,
    { attempt, stepUp: id, certificate }: Extract<FlowEffect, { type: "ask-step-up-challenge" }>,
  ): FlowEvent {
    const holder = new TextDecoder().decode(certificate);
    if (this.#stepUps.of(id, workstation)?.holder !== holder)
      return failed(attempt, "challenge-unknown", undefined, "broker");
    const nonce = `nonce-${++this.#counter}`;
    const key = "authentication";
    this.#nonces.set(nonce, { holder, workstation, key, until: this.#now + 60_000, stepUp: id });
    const place = { origin: "", brokerKey: "", workstation: String(workstation) };
    const challenge = { nonce, ...place, purpose: "step-up", key } as const;
    return {
      type: "challenge-offered",
      attempt,
      offered: { challenge, holder: { displayName: holder, profession: "" } },
      at: this.#now,
    };
  }

  #raise(
    workstation: number,
    { attempt, stepUp: id, nonce, proof }: Extract<FlowEffect, { type: "send-step-up-proof" }>,
  ): FlowEvent {
    const given = this.#nonces.get(nonce);
    this.#nonces.delete(nonce);
    const pending = this.#stepUps.of(id, workstation);
    const own = this.#sessions.get(given?.holder ?? "");
    if (pending === undefined || given?.stepUp !== id || given.until < this.#now || own === undefined)
      return failed(attempt, "challenge-unknown", undefined, "broker");
    if (proof !== `${given.holder} authentication`) throw new Violation("a step-up was proved without the PIN");
    this.#stepUps.end(id);
    this.#raised += 1;
    const raised = stepUp(own, this.#now);
    this.#sessions.set(given.holder, raised);
    const { means, openedAt, expiresAt, holder } = raised;
    const session = { session: raised.id, seat: pending.seat, holder, means, openedAt, expiresAt, graceMs, idleMs };
    return {
      type: "step-up-granted",
      attempt,
      session: { ...session, activities: [], applications: [], resumed: true },
    };
  }

  /** The broker hears of each seat that is covered or lost. */
  #forgetLeftStepUps(): void {
    const open = [...this.#sessions.values()].flatMap(({ seat }) => (seat?.state === "open" ? [seat.id] : []));
    this.#stepUps.keepOnly(new Set(open));
  }

  #renewPin({ insertion, attempt, kind }: Extract<FlowEffect, { type: "renew-pin" }>, right: boolean): FlowEvent {
    const card = this.#present(insertion);
    if (card === undefined) return failed(attempt, "card-removed");
    const counter = kind === "change" ? "tries" : "unblockingTries";
    const codes =
      kind === "change"
        ? (["pin-blocked", "pin-wrong"] as const)
        : (["unblocking-code-blocked", "unblocking-code-wrong"] as const);
    if (card[counter] === 0) return failed(attempt, codes[0], 0);
    card[counter] -= 1;
    if (!right) return failed(attempt, card[counter] === 0 ? codes[0] : codes[1], card[counter]);
    card.tries = 3;
    card.unblockingTries = 3;
    return { type: "pin-renewed", attempt, kind, at: this.#now };
  }

  #challenge(workstation: number, effect: Extract<FlowEffect, { type: "ask-challenge" }>): FlowEvent {
    const holder = new TextDecoder().decode(effect.certificate);
    const situation = {
      workstation: String(workstation),
      now: this.#now,
      presenceAllowed: effect.presenceAllowed && !this.#placesOutside.has(workstation),
    };
    const decision = decideChallenge(this.#sessions.get(holder), situation, { graceMs });
    const nonce = `nonce-${++this.#counter}`;
    this.#nonces.set(nonce, { holder, workstation, key: decision.key, until: this.#now + 60_000 });
    const challenge = { nonce, origin: "", brokerKey: "", workstation: String(workstation), ...decision };
    const offered: OfferedChallenge = { challenge, holder: { displayName: holder, profession: "" } };
    return { type: "challenge-offered", attempt: effect.attempt, offered, at: this.#now };
  }

  #prove(workstation: number, { nonce, proof, attempt }: Extract<FlowEffect, { type: "send-proof" }>): FlowEvent {
    const given = this.#nonces.get(nonce);
    this.#nonces.delete(nonce);
    if (given === undefined || given.until < this.#now || proof !== `${given.holder} ${given.key}`)
      return failed(attempt, "challenge-unknown", undefined, "broker");
    return this.#grant(workstation, attempt, given.holder, given.key === "presence" ? "card-presence" : "card-pin");
  }

  /** The phone's holder says yes. */
  #confirmed(workstation: number, { request, attempt }: Extract<FlowEffect, { type: "await-phone" }>): FlowEvent {
    const asked = this.#phones.get(workstation);
    if (asked?.request !== request) return failed(attempt, "challenge-unknown", undefined, "broker");
    this.#phones.delete(workstation);
    return this.#grant(workstation, attempt, asked.holder, "federated");
  }

  #secondProof(
    workstation: number,
    { attempt, request }: Extract<FlowEffect, { type: "send-code" | "ask-key" }>,
  ): FlowEvent {
    const owed = this.#owed.get(workstation);
    if (owed?.request !== request) return failed(attempt, "second-factor-over", undefined, "broker");
    this.#owed.delete(workstation);
    this.#openedOutside += 1;
    return this.#grant(workstation, attempt, owed.holder, owed.means, true);
  }

  #grant(workstation: number, attempt: number, id: string, means: Means, twice = false): FlowEvent {
    if (this.#placesOutside.has(workstation) && !twice) {
      if (means === "card-presence") return failed(attempt, "proof-mismatch", undefined, "broker");
      this.#owed.set(workstation, { request: `request-${++this.#counter}`, holder: id, means });
      return failed(attempt, "second-factor-owed", undefined, "broker");
    }
    const known = this.#sessions.get(id);
    const own = isAlive(known, this.#now) && mayGoOn(known, means) ? known : undefined;
    const replaced = known !== undefined && own === undefined ? known.seat : undefined;
    if (known !== undefined && own === undefined) this.#sessions.delete(id);
    const here = [...this.#sessions.values()].find(session => session.seat?.workstation === String(workstation));
    const holder: Holder = { id, displayName: id, profession: "", professionCode: undefined };
    const taken = takeSeat(holder, own, here, {
      workstation: String(workstation),
      now: this.#now,
      means,
      newSession: `session-${++this.#counter}`,
      newSeat: `seat-${++this.#counter}`,
      lifetimeMs: 12 * 3_600_000,
    });
    if (taken.displaced !== undefined) this.#sessions.set(taken.displaced.holder.id, taken.displaced);
    this.#sessions.set(id, taken.session);
    this.#forgetLeftStepUps();
    if (replaced !== undefined)
      this.#tellLost({ seat: replaced.id, workstation: replaced.workstation, reason: "replaced" }, undefined);
    for (const lost of taken.lost) this.#tellLost(lost, String(workstation));
    const seat = taken.session.seat?.id ?? "";
    this.#opened.set(seat, this.#now);
    const session: SeatedSession = {
      session: taken.session.id,
      seat,
      holder,
      means,
      openedAt: taken.session.openedAt,
      expiresAt: taken.session.expiresAt,
      graceMs,
      idleMs,
      applications: [],
      activities: [],
      movedFrom: taken.movedFrom === undefined ? undefined : { workstationName: taken.movedFrom, at: this.#now },
      resumed: taken.resumed,
    };
    return { type: "session-granted", attempt, session, at: this.#now };
  }

  #tellLost({ seat, workstation, reason }: LostSeat, workstationName: string | undefined): void {
    const index = Number(workstation);
    const { epoch } = this.#workstation(index);
    const event: FlowEvent = { type: "seat-lost", seat, reason, at: this.#now, workstationName };
    this.#answers.push({ epoch, workstation: index, event });
  }

  #coverSeat(seat: string): void {
    for (const [holder, session] of this.#sessions)
      if (session.seat?.id === seat) this.#sessions.set(holder, coverSeat(session, this.#now));
    this.#forgetLeftStepUps();
  }

  /** What the broker does when a workstation says which seat it believes in. */
  #hello(index: number): void {
    const { believed, epoch } = this.#workstation(index);
    const here = [...this.#sessions.values()].find(session => session.seat?.workstation === String(index));
    if (here?.seat !== undefined && here.seat.id !== believed) this.#coverSeat(here.seat.id);
    if (believed === undefined || here?.seat?.id === believed) return;
    this.#answers.push({
      epoch,
      workstation: index,
      event: { type: "seat-lost", seat: believed, reason: "ended", at: this.#now, workstationName: undefined },
    });
  }

  #present(insertion: string): ModelCard | undefined {
    const card = this.#insertions.get(insertion);
    return card?.place?.insertion === insertion ? card : undefined;
  }

  #card(index: number): ModelCard {
    const card = this.cards[index % this.cards.length];
    if (card === undefined) throw new Error("no card");
    return card;
  }

  #workstation(index: number): ModelWorkstation {
    const workstation = this.workstations[index % workstationCount];
    if (workstation === undefined) throw new Error("no workstation");
    return workstation;
  }
}

function isOfLine(answer: Answer | undefined): boolean {
  return answer?.event.type === "step-up-wanted" || answer?.event.type === "step-up-over";
}

function identified(holder: string): IdentifiedCard {
  return { cardId: holder, family: "model", certificate: new TextEncoder().encode(holder), algorithm: "ES256" };
}

function failed(
  attempt: number,
  code:
    | "card-removed"
    | "pin-wrong"
    | "pin-blocked"
    | "unblocking-code-wrong"
    | "unblocking-code-blocked"
    | "challenge-unknown"
    | "proof-mismatch"
    | "second-factor-owed"
    | "second-factor-wrong"
    | "second-factor-over",
  triesLeft?: number,
  spokenBy: "workstation" | "broker" = "workstation",
): FlowEvent {
  return { type: "call-failed", attempt, code, triesLeft, spokenBy };
}

/** Without an answer nobody knows whether the broker opened. */
const mayOpen: ReadonlySet<FlowEffect["type"]> = new Set([
  "send-proof",
  "await-phone",
  "send-password",
  "send-break-glass",
  "send-code",
  "ask-key",
]);

function unanswered(effect: FlowEffect, attempt: number): FlowEvent {
  if (mayOpen.has(effect.type)) return { type: "proof-unanswered", attempt };
  return { type: "call-failed", attempt, code: "broker-unreachable", triesLeft: undefined, spokenBy: "broker" };
}

const withoutCard: ReadonlySet<Means> = new Set(["federated", "temporary-password", "break-glass"]);
const signingIn: ReadonlySet<Phase["name"]> = new Set([
  "identifying",
  "challenging",
  "presenting",
  "counting-tries",
  "entering-pin",
  "signing",
  "opening",
]);

/** What one step of the flow must and must not do. */
function checkStep(before: FlowState, event: FlowEvent, after: FlowState, effects: readonly FlowEffect[]): void {
  const from = before.phase;
  const to = after.phase;
  const count = (type: FlowEffect["type"]) => effects.filter(effect => effect.type === type).length;
  if (to.name === "open" && from.name !== "open" && event.type !== "session-granted")
    throw new Violation(`${event.type} opened a session`);
  const attempt = "attempt" in event ? event.attempt : undefined;
  const awaited = "attempt" in from ? from.attempt : undefined;
  const isOfCare = attempt !== undefined && attempt === before.care?.attempt;
  const { stepUp: asked } = before;
  const isOfStepUp = asked !== undefined && asked.step !== "waiting" && attempt === asked.attempt;
  const mayHaveOpened = event.type === "session-granted" || event.type === "proof-unanswered";
  // A new PIN is recorded, whoever still looks.
  const mayBeLate = mayHaveOpened || isOfCare || isOfStepUp || event.type === "pin-renewed";
  if (attempt !== undefined && attempt !== awaited && !mayBeLate && (after !== before || effects.length > 0)) {
    throw new Violation(`an answer to an older question (${event.type}) changed something`);
  }
  if (event.type === "session-granted" && attempt !== awaited && (to.name === "open" ? to !== from : false))
    throw new Violation("a late grant opened");
  const seatIsHere = event.type === "session-granted" && to.name === "open" && to.session.seat === event.session.seat;
  if (event.type === "session-granted" && !seatIsHere && count("cover-seat") !== 1)
    throw new Violation("a late grant was not covered");
  if (event.type === "session-granted" && seatIsHere && count("cover-seat") > 0)
    throw new Violation("a seat was covered whose holder sits there");
  if (to.name === "presenting" && event.type === "challenge-offered" && to.offered.challenge.purpose === "unlock") {
    if (to.seat !== undefined && event.at - to.seat.since > to.seat.session.graceMs)
      throw new Violation("the card alone was enough after the grace window");
  }
  if (from.name === "open" && to.name !== "open") {
    if (effects[0]?.type !== "cover-screen") throw new Violation("something came before the cover");
    const closings = count("cover-seat") + count("end-session");
    const told = event.type === "seat-lost" ? 0 : 1;
    if (closings !== told) throw new Violation(`a closing was recorded ${closings} times`);
  }
  if (signingIn.has(from.name)) {
    const brokerSpoke =
      event.type === "proof-unanswered" ||
      (event.type === "call-failed" && (event.spokenBy === "broker" || event.code === "broker-unreachable"));
    const gaveUp =
      to.name === "refused" || to.name === "idle" || to.name === "finished" || insertionIn(to) !== insertionIn(from);
    const wrongPin =
      event.type === "call-failed" && event.code === "pin-wrong" && from.name === "signing" && attempt === awaited;
    const denials = count("report-refusal");
    const expected = (gaveUp && !brokerSpoke) || wrongPin ? 1 : 0;
    if (denials !== expected)
      throw new Violation(`a refusal (${event.type}, ${from.name} → ${to.name}) was reported ${denials} times`);
  }
  checkCare(before, event, after, effects);
  const broken = brokenStepUpRule(before, event, after, effects);
  if (broken !== undefined) throw new Violation(broken);
  if (count("sign-with-pin") > 0) {
    if (event.type !== "pin-submitted" || (from.name !== "entering-pin" && asked?.step !== "typing"))
      throw new Violation("a PIN was sent without being submitted");
  }
}

/** A new PIN opens, closes and covers nothing, and is written down once. */
function checkCare(before: FlowState, event: FlowEvent, after: FlowState, effects: readonly FlowEffect[]): void {
  const types = effects.map(effect => effect.type);
  if (after.care !== undefined && insertionIn(after.phase) !== after.care.insertion)
    throw new Violation("a PIN is cared for whose card is gone");
  if (types.includes("renew-pin") && (event.type !== "new-pin-submitted" || before.care?.step !== "typing"))
    throw new Violation("a new PIN was sent without being submitted");
  const recorded = types.filter(type => type === "report-pin-renewed").length;
  if (recorded !== (event.type === "pin-renewed" ? 1 : 0))
    throw new Violation(`a new PIN was recorded ${recorded} times`);
  const isAboutCare =
    event.type === "pin-care-wanted" || event.type === "new-pin-submitted" || event.type === "pin-renewed";
  if (isAboutCare && types.some(type => type === "cover-screen" || type === "cover-seat" || type === "uncover-screen"))
    throw new Violation("a new PIN touched a seat");
  const refused =
    before.care?.step === "working" && event.type === "call-failed" && event.attempt === before.care.attempt;
  const denials = types.filter(type => type === "report-refusal").length;
  if (refused && denials !== (event.code === "pin-malformed" ? 0 : 1))
    throw new Violation(`a refused new PIN was reported ${denials} times`);
}
