import type { Clock } from "../../core/ports/clock.ts";
import type { Timers } from "../../core/ports/timers.ts";
import type { SeatLossReason } from "../../core/session/session.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { newSecret } from "../services/identifiers.ts";
import {
  type HubEventName,
  hibernation,
  hubEvents,
  logout,
  type Notification,
  notification,
  syncError,
} from "./event.ts";
import { HubRefusal } from "./hub-refusal.ts";
import { notificationAnswer, type Subscribe, type SyncErrorRequest } from "./subscription-request.ts";
import { Topics } from "./topics.ts";

export type SessionAbout = Pick<TrailRecord, "holder" | "means" | "assurance" | "session" | "workstation">;

/** Whom an access token speaks for. */
export interface HubCaller {
  readonly seat: string;
  readonly application: string;
  /** Whose session it is, for the trail. */
  readonly about: SessionAbout;
  readonly mayRead: ReadonlySet<HubEventName>;
  readonly mayReport: boolean;
  /** When the token ends, milliseconds since 1970. */
  readonly until: number;
}

/** A WebSocket, as far as the hub needs one. */
export interface HubLine {
  send(text: string): void;
  close(): void;
}

/** What the hub hears of a line. */
export interface LineListener {
  heard(text: string): void;
  /** `code`: RFC 6455, section 7.4.1. */
  closed(code: number): void;
}

/** For the trail. `unanswered`: the application may have gone on as if its user were there. */
export interface HubFact {
  readonly fact: "subscribed" | "unanswered";
  readonly about: SessionAbout;
  readonly application: string;
  readonly detail: string;
}

interface Subscription {
  readonly endpoint: string;
  readonly seat: string;
  readonly application: string;
  readonly about: SessionAbout;
  readonly topic: string;
  name: string;
  events: ReadonlySet<HubEventName>;
  leaseUntil: number;
  endLease: () => void;
  /** Called when the application has come to its endpoint, or will not. */
  stopWaiting: () => void;
  line: HubLine | undefined;
  /** Notifications that it has not answered yet. */
  readonly unanswered: Map<string, { readonly about: Notification; readonly forget: () => void }>;
}

interface Parts {
  readonly clock: Clock;
  readonly timers: Timers;
  record(fact: HubFact): void;
}

const answerMs = 10_000;
const connectMs = 30_000;
const mostOfApplication = 4;
const normalClosures = [1000, 1001];

/**
 * A FHIRcast hub (STU3) for what the seat itself tells: it is covered, it is lost. Whoever subscribes hears of his own seat only.
 * A covered seat keeps its subscriptions until their leases end; a lost one ends them once they have answered.
 */
export class FhircastHub {
  readonly #parts: Parts;
  readonly #topics = new Topics();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  topicOf(seat: string): string {
    return this.#topics.of(seat);
  }

  /** Answers the name of the endpoint where the application listens. Throws `HubRefusal`. */
  subscribe(caller: HubCaller, request: Subscribe, existing: string | undefined): string {
    const topic = this.#ownTopic(caller, request["hub.topic"]);
    const events = request["hub.events"];
    for (const name of events)
      if (!caller.mayRead.has(name)) throw new HubRefusal(403, `the token has no scope for ${name}`);
    const known = existing === undefined ? undefined : this.#own(caller, existing);
    if (existing !== undefined && known === undefined) throw new HubRefusal(404, "no such subscription");
    const subscription = known ?? this.#added(caller, topic);
    subscription.name = request["subscriber.name"] ?? caller.application;
    subscription.events = events;
    this.#lease(subscription, caller.until, request["hub.lease_seconds"]);
    if (subscription.line !== undefined) this.#confirm(subscription);
    return subscription.endpoint;
  }

  /** Throws `HubRefusal`. */
  unsubscribe(caller: HubCaller, topic: string, endpoint: string): void {
    this.#ownTopic(caller, topic);
    const subscription = this.#own(caller, endpoint);
    if (subscription === undefined) throw new HubRefusal(404, "no such subscription");
    this.#deny(subscription, "unsubscribed");
  }

  /** The application comes to its endpoint; `undefined` where there is none, or somebody is there already. */
  connect(endpoint: string, line: HubLine): LineListener | undefined {
    const subscription = this.#subscriptions.get(endpoint);
    if (subscription === undefined || subscription.line !== undefined) return undefined;
    subscription.line = line;
    subscription.stopWaiting();
    const { about, application } = subscription;
    this.#parts.record({ fact: "subscribed", about, application, detail: listOf(subscription) });
    this.#confirm(subscription);
    return {
      heard: text => this.#heard(subscription, text),
      closed: code => this.#closed(subscription, code),
    };
  }

  /** A subscriber has not followed what it had accepted: the others are told. Throws `HubRefusal`. */
  report(caller: HubCaller, { id, event }: SyncErrorRequest): void {
    if (event["hub.event"] !== "syncerror") throw new HubRefusal(403, "this hub takes nothing but syncerror");
    if (!caller.mayReport) throw new HubRefusal(403, "the token has no scope for syncerror");
    const topic = this.#ownTopic(caller, event["hub.topic"]);
    this.#tell(topic, notification(topic, this.#parts.clock.now(), "syncerror", event.context, id));
  }

  seatCovered(seat: string): void {
    const topic = this.#topics.of(seat);
    this.#tell(topic, hibernation(topic, this.#parts.clock.now()));
  }

  seatLost(seat: string, reason: SeatLossReason): void {
    const topic = this.#topics.of(seat);
    this.#topics.forget(seat);
    const message = logout(topic, this.#parts.clock.now(), reason);
    for (const subscription of this.#subscribersOf(topic))
      if (subscription.events.has("userlogout") && subscription.line !== undefined) this.#notify(subscription, message);
      else this.#deny(subscription, "the session has left this seat");
  }

  close(): void {
    for (const subscription of [...this.#subscriptions.values()]) this.#remove(subscription);
  }

  /** A foreign topic and one that does not exist are told apart by nobody. */
  #ownTopic({ seat }: HubCaller, topic: string): string {
    if (topic !== this.#topics.of(seat)) throw new HubRefusal(403, "not the topic of this token's session");
    return topic;
  }

  #own({ seat, application }: HubCaller, endpoint: string): Subscription | undefined {
    const found = this.#subscriptions.get(endpoint);
    return found?.seat === seat && found.application === application ? found : undefined;
  }

  #added({ seat, application, about }: HubCaller, topic: string): Subscription {
    const others = this.#subscribersOf(topic).filter(other => other.application === application);
    if (others.length >= mostOfApplication) throw new HubRefusal(429, "too many subscriptions of this application");
    const subscription: Subscription = {
      endpoint: newSecret(256),
      seat,
      application,
      about,
      topic,
      name: application,
      events: new Set(),
      leaseUntil: 0,
      endLease: () => undefined,
      stopWaiting: () => undefined,
      line: undefined,
      unanswered: new Map(),
    };
    this.#subscriptions.set(subscription.endpoint, subscription);
    subscription.stopWaiting = this.#parts.timers.after(connectMs, () => this.#remove(subscription));
    return subscription;
  }

  /** No longer than the token (section 2.4). */
  #lease(subscription: Subscription, tokenUntil: number, wishedSeconds: number | undefined): void {
    const { clock, timers } = this.#parts;
    const now = clock.now();
    const wished = wishedSeconds === undefined ? tokenUntil : now + wishedSeconds * 1000;
    subscription.endLease();
    subscription.leaseUntil = Math.min(tokenUntil, wished);
    subscription.endLease = timers.after(subscription.leaseUntil - now, () => this.#deny(subscription, "lease ended"));
  }

  #confirm(subscription: Subscription): void {
    const { topic, leaseUntil } = subscription;
    this.#send(subscription, {
      "hub.mode": "subscribe",
      "hub.topic": topic,
      "hub.events": listOf(subscription),
      "hub.lease_seconds": Math.max(0, Math.floor((leaseUntil - this.#parts.clock.now()) / 1000)),
    });
  }

  #deny(subscription: Subscription, reason: string): void {
    this.#send(subscription, {
      "hub.mode": "denied",
      "hub.topic": subscription.topic,
      "hub.events": listOf(subscription),
      "hub.reason": reason,
    });
    this.#remove(subscription);
  }

  #remove(subscription: Subscription): void {
    this.#subscriptions.delete(subscription.endpoint);
    subscription.endLease();
    subscription.stopWaiting();
    for (const { forget } of subscription.unanswered.values()) forget();
    subscription.unanswered.clear();
    const { line } = subscription;
    subscription.line = undefined;
    line?.close();
  }

  #subscribersOf(topic: string): Subscription[] {
    return [...this.#subscriptions.values()].filter(subscription => subscription.topic === topic);
  }

  /** Whoever has subscribed to it and is there. */
  #tell(topic: string, message: Notification, butNot?: Subscription): void {
    for (const subscription of this.#subscribersOf(topic))
      if (subscription !== butNot && subscription.line !== undefined)
        if (subscription.events.has(message.event["hub.event"])) this.#notify(subscription, message);
  }

  #notify(subscription: Subscription, message: Notification): void {
    this.#send(subscription, message);
    // What tells of a failure is not itself waited for: two that fail would tell each other for ever.
    if (message.event["hub.event"] === "syncerror") return;
    const forget = this.#parts.timers.after(answerMs, () => {
      this.#failed(subscription, message, "did not answer within 10 seconds");
      this.#deny(subscription, "it did not answer");
    });
    subscription.unanswered.set(message.id, { about: message, forget });
  }

  #heard(subscription: Subscription, text: string): void {
    const answer = notificationAnswer.safeParse(jsonIn(text));
    const waiting = answer.success ? subscription.unanswered.get(answer.data.id) : undefined;
    if (!answer.success || waiting === undefined) return;
    waiting.forget();
    subscription.unanswered.delete(answer.data.id);
    const { status } = answer.data;
    if (status < 200 || status > 299) this.#failed(subscription, waiting.about, `answered ${status}`);
    if (waiting.about.event["hub.event"] === "userlogout") this.#deny(subscription, "the session has left this seat");
  }

  #closed(subscription: Subscription, code: number): void {
    if (subscription.line === undefined) return;
    subscription.line = undefined;
    const waiting = [...subscription.unanswered.values()];
    this.#remove(subscription);
    if (normalClosures.includes(code)) return;
    for (const { about } of waiting) this.#failed(subscription, about, `its line broke (${code})`);
  }

  #failed(subscription: Subscription, message: Notification, what: string): void {
    const { about, application, name, topic } = subscription;
    this.#parts.record({ fact: "unanswered", about, application, detail: `${message.event["hub.event"]}: ${what}` });
    this.#tell(topic, syncError(message, this.#parts.clock.now(), name, `${name} ${what}`), subscription);
  }

  #send({ line }: Subscription, message: object): void {
    line?.send(JSON.stringify(message));
  }
}

/** In the catalogue's order. */
function listOf({ events }: Subscription): string {
  return hubEvents.filter(name => events.has(name)).join(",");
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
