import { beforeEach, describe, expect, test } from "vitest";
import { FhircastHub, type HubCaller, type HubFact, type HubLine } from "../../../../broker/fhircast/hub.ts";
import { subscriptionRequest } from "../../../../broker/fhircast/subscription-request.ts";
import { FakeTimers } from "../../../fakes/fake-timers.ts";

const start = Date.parse("2026-11-26T08:00:00Z");

let timers: FakeTimers;
let facts: HubFact[];
let hub: FhircastHub;

beforeEach(() => {
  timers = new FakeTimers();
  facts = [];
  hub = new FhircastHub({
    clock: { now: () => start + timers.now },
    timers,
    record: fact => facts.push(fact),
  });
});

interface Message {
  readonly "hub.mode"?: string;
  readonly "hub.reason"?: string;
  readonly "hub.lease_seconds"?: number;
  readonly id?: string;
  readonly event?: { readonly "hub.event": string; readonly context: readonly object[] };
}

class Line implements HubLine {
  readonly messages: Message[] = [];
  open = true;

  send(text: string): void {
    this.messages.push(JSON.parse(text) as Message);
  }

  close(): void {
    this.open = false;
  }

  get last(): Message {
    return this.messages.at(-1) ?? {};
  }

  get told(): string[] {
    return this.messages.map(({ event, "hub.mode": mode }) => event?.["hub.event"] ?? mode ?? "");
  }
}

function caller(application: string, change: Partial<HubCaller> = {}): HubCaller {
  return {
    seat: "seat-1",
    application,
    about: { holder: "899700075064" },
    mayRead: new Set(["userhibernate", "userlogout", "syncerror"]),
    mayReport: true,
    until: start + 300_000,
    ...change,
  };
}

function asking(topic: string, events = "userhibernate,userlogout,syncerror", more: Record<string, string> = {}) {
  const fields = { "hub.channel.type": "websocket", "hub.mode": "subscribe", "hub.topic": topic, "hub.events": events };
  const parsed = subscriptionRequest.parse({ ...fields, ...more });
  if (parsed["hub.mode"] !== "subscribe") throw new Error("not a subscription");
  return parsed;
}

function subscribed(application: string, events?: string, more?: Record<string, string>) {
  const line = new Line();
  const who = caller(application);
  const endpoint = hub.subscribe(who, asking(hub.topicOf("seat-1"), events, more), undefined);
  const listener = hub.connect(endpoint, line);
  if (listener === undefined) throw new Error("no such endpoint");
  const answer = (status: number) => listener.heard(JSON.stringify({ id: line.last.id, status }));
  return { line, endpoint, who, answer, ...listener };
}

describe("a subscription", () => {
  test("is confirmed with its events and its lease, no longer than the token", () => {
    const { line } = subscribed("record", "UserLogout", { "hub.lease_seconds": "9000" });
    expect(line.last).toEqual({
      "hub.mode": "subscribe",
      "hub.topic": hub.topicOf("seat-1"),
      "hub.events": "userlogout",
      "hub.lease_seconds": 300,
    });
    expect(facts).toMatchObject([{ fact: "subscribed", application: "record", detail: "userlogout" }]);
  });

  test("ends with its lease", () => {
    const { line } = subscribed("record", "userlogout", { "hub.lease_seconds": "60" });
    timers.pass(59_000);
    expect(line.open).toBe(true);
    timers.pass(1_000);
    expect(line.last).toMatchObject({ "hub.mode": "denied", "hub.reason": "lease ended" });
    expect(line.open).toBe(false);
  });

  test("is renewed on its own line, with other events", () => {
    const { line, endpoint } = subscribed("record", "userlogout", { "hub.lease_seconds": "60" });
    const renewing = caller("record", { until: start + 600_000 });
    hub.subscribe(renewing, asking(hub.topicOf("seat-1"), "userhibernate"), endpoint);
    timers.pass(599_000);
    expect(line.open).toBe(true);
    hub.seatCovered("seat-1");
    expect(line.told).toEqual(["subscribe", "subscribe", "userhibernate"]);
  });

  test("that nobody comes for is forgotten", () => {
    const endpoint = hub.subscribe(caller("record"), asking(hub.topicOf("seat-1")), undefined);
    timers.pass(30_000);
    expect(hub.connect(endpoint, new Line())).toBeUndefined();
    expect(timers.waiting).toBe(0);
  });

  test("has one line", () => {
    const { endpoint } = subscribed("record");
    expect(hub.connect(endpoint, new Line())).toBeUndefined();
  });

  test("is ended by its application, not by another one", () => {
    const { line, endpoint, who } = subscribed("record");
    const topic = hub.topicOf("seat-1");
    expect(() => hub.unsubscribe(caller("imaging"), topic, endpoint)).toThrow("no such subscription");
    expect(line.open).toBe(true);
    hub.unsubscribe(who, topic, endpoint);
    expect(line.last).toMatchObject({ "hub.mode": "denied", "hub.reason": "unsubscribed" });
    expect(line.open).toBe(false);
  });

  test.each([
    ["another seat's topic", caller("record"), "seat-2", "userlogout", "not the topic"],
    ["an event without its scope", caller("record", { mayRead: new Set() }), "seat-1", "userlogout", "no scope"],
  ])("is refused: %s", (_case, who, seat, events, words) => {
    expect(() => hub.subscribe(who, asking(hub.topicOf(seat), events), undefined)).toThrow(words);
    expect(facts).toEqual([]);
  });

  test("is refused: one more than an application may have", () => {
    for (let count = 0; count < 4; count += 1) subscribed("record");
    expect(() => subscribed("record")).toThrow("too many");
    expect(() => subscribed("imaging")).not.toThrow();
  });

  test.each([["patient-open"], ["userlogout,patient-open"], [""]])("is refused: the events “%s”", events => {
    expect(() => asking("a topic", events)).toThrow("this hub tells");
  });
});

describe("when the card goes", () => {
  test("whoever wants to know is told once, and answers", () => {
    const hibernating = subscribed("record", "userhibernate");
    const other = subscribed("imaging", "userlogout");
    hub.seatCovered("seat-1");
    expect(hibernating.line.told).toEqual(["subscribe", "userhibernate"]);
    expect(hibernating.line.last.event?.context).toEqual([
      {
        key: "parameters",
        resource: {
          resourceType: "Parameters",
          parameter: [
            {
              name: "code",
              valueCoding: {
                system: "http://hl7.org/fhir/uv/fhircast/CodeSystem/fhircast-codesystem",
                code: "user-initiated",
                display: "User initiated action.",
              },
            },
          ],
        },
      },
    ]);
    hibernating.answer(200);
    timers.pass(10_000);
    expect(other.line.told).toEqual(["subscribe"]);
    expect(hibernating.line.open).toBe(true);
    expect(facts.filter(({ fact }) => fact === "unanswered")).toEqual([]);
  });

  test("a lost seat ends its subscriptions when they have answered, and its topic", () => {
    const topic = hub.topicOf("seat-1");
    const leaving = subscribed("record", "userlogout");
    const silent = subscribed("imaging", "userhibernate");
    hub.seatLost("seat-1", "moved");
    expect(leaving.line.told).toEqual(["subscribe", "userlogout"]);
    expect(silent.line.told).toEqual(["subscribe", "denied"]);
    leaving.answer(200);
    expect(leaving.line.told).toEqual(["subscribe", "userlogout", "denied"]);
    expect(leaving.line.open).toBe(false);
    expect(hub.topicOf("seat-1")).not.toBe(topic);
    expect(timers.waiting).toBe(0);
  });

  test("another seat's subscriber hears nothing", () => {
    const { line } = subscribed("record");
    hub.seatCovered("seat-2");
    hub.seatLost("seat-2", "ended");
    expect(line.told).toEqual(["subscribe"]);
  });

  test.each([
    ["does not answer", () => timers.pass(10_000), "did not answer"],
    ["refuses", (it: ReturnType<typeof subscribed>) => it.answer(409), "answered 409"],
    ["breaks off", (it: ReturnType<typeof subscribed>) => it.closed(1006), "its line broke (1006)"],
  ])("a subscriber that %s is recorded, and the others are told", (_case, act, words) => {
    const failing = subscribed("record", "userhibernate", { "subscriber.name": "Acme" });
    const watching = subscribed("imaging", "syncerror");
    hub.seatCovered("seat-1");
    act(failing);
    expect(watching.line.told).toEqual(["subscribe", "syncerror"]);
    expect(JSON.stringify(watching.line.last.event)).toContain(`Acme ${words}`);
    expect(facts.at(-1)).toMatchObject({ fact: "unanswered", application: "record" });
    expect(facts.at(-1)?.detail).toContain(words);
  });

  test("a subscriber that closes as one should is not a failure", () => {
    const leaving = subscribed("record", "userhibernate");
    const watching = subscribed("imaging", "syncerror");
    hub.seatCovered("seat-1");
    leaving.closed(1001);
    timers.pass(10_000);
    expect(watching.line.told).toEqual(["subscribe"]);
    expect(facts.filter(({ fact }) => fact === "unanswered")).toEqual([]);
  });

  test.each(["", "{", "[]", '{"id":"another","status":200}', '{"id":7}', '{"status":200}'])(
    "an answer that is none changes nothing: %s",
    text => {
      const { line, heard } = subscribed("record", "userhibernate");
      hub.seatCovered("seat-1");
      heard(text);
      timers.pass(10_000);
      expect(line.last).toMatchObject({ "hub.mode": "denied", "hub.reason": "it did not answer" });
    },
  );

  test("an answer without a status counts as received", () => {
    const { line, heard } = subscribed("record", "userhibernate");
    hub.seatCovered("seat-1");
    heard(JSON.stringify({ id: line.last.id, timestamp: "2026-11-26T08:00:01Z" }));
    timers.pass(10_000);
    expect(line.open).toBe(true);
  });
});

describe("an application that did not follow after all", () => {
  const report = (topic: string, name = "syncerror") => ({
    timestamp: "2026-11-26T08:00:00Z",
    id: "event-7",
    event: {
      "hub.topic": topic,
      "hub.event": name,
      context: [{ key: "operationoutcome", resource: { resourceType: "OperationOutcome" } }],
    },
  });

  test("tells the others", () => {
    const { line } = subscribed("imaging");
    hub.report(caller("record"), report(hub.topicOf("seat-1")));
    expect(line.last).toMatchObject({ id: "event-7", event: { "hub.event": "syncerror" } });
  });

  test.each([
    ["without the scope", caller("record", { mayReport: false }), "seat-1", "syncerror", "no scope"],
    ["on another seat's topic", caller("record"), "seat-2", "syncerror", "not the topic"],
    ["about a patient, which others carry", caller("record"), "seat-1", "patient-open", "takes nothing but"],
    ["by logging its user out everywhere", caller("record"), "seat-1", "userlogout", "takes nothing but"],
  ])("is refused %s", (_case, who, seat, name, words) => {
    const { line } = subscribed("imaging");
    expect(() => hub.report(who, report(hub.topicOf(seat), name))).toThrow(words);
    expect(line.told).toEqual(["subscribe"]);
  });
});

test("closing the hub closes every line and leaves no timer", () => {
  const one = subscribed("record");
  const two = subscribed("imaging");
  hub.seatCovered("seat-1");
  hub.close();
  expect([one.line.open, two.line.open]).toEqual([false, false]);
  expect(timers.waiting).toBe(0);
});
