import { once } from "node:events";
import { FhircastConnection } from "@medplum/core";
import * as openid from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { CookieBrowser } from "./support/cookie-browser.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const secret = "a secret of at least thirty-two characters";
const callback = "http://127.0.0.1:1/callback";
const scope = "openid fhircast/userlogout.read fhircast/userhibernate.read fhircast/syncerror.read";

let house: TestBroker;
let client: BrokerClient;

beforeEach(async () => {
  const application = (id: string, fhircast: boolean) => ({
    id,
    name: id,
    icon: "folder",
    initiateLoginUri: "http://127.0.0.1:1/login",
    client: {
      clientId: id,
      clientSecret: secret,
      redirectUris: [callback],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: "http://127.0.0.1:1/logout",
    },
    ...(fhircast ? { fhircast } : {}),
  });
  house = await TestBroker.start({
    applications: [application("record", true), application("imaging", true), application("plain", false)],
  });
  client = new BrokerClient(await house.enrol("A"));
});

afterEach(async () => {
  await client.close();
  await house.close();
});

/** What an application is told when its user has been sent to it: by an independent client of OpenID Connect. */
async function signedIn(seat: string, application: string) {
  const server = new URL(house.broker.webOrigin);
  const options = { execute: [openid.allowInsecureRequests] };
  const authentication = openid.ClientSecretBasic(secret);
  const discovered = await openid.discovery(server, application, secret, authentication, options);
  const browser = new CookieBrowser();
  await browser.open((await client.launch(seat, application)).url, false);
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const address = openid.buildAuthorizationUrl(discovered, {
    redirect_uri: callback,
    scope,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  let step = await browser.open(address.href, false);
  while (step.location !== null && !step.location.startsWith(callback))
    step = await browser.open(new URL(step.location, step.url).href, false);
  const tokens = await openid.authorizationCodeGrant(discovered, new URL(step.location ?? ""), { pkceCodeVerifier });
  return { token: tokens.access_token, hub: String(tokens["hub.url"]), topic: String(tokens["hub.topic"]) };
}

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

async function post({ token, hub }: SignedIn, body: string | Record<string, string>) {
  const isForm = typeof body !== "string";
  const answer = await fetch(hub, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
    },
    body: isForm ? new URLSearchParams(body) : body,
  });
  const text = await answer.text();
  const endpoint = answer.status === 202 && text !== "" ? String(JSON.parse(text)["hub.channel.endpoint"]) : "";
  return { status: answer.status, text, endpoint };
}

function subscription({ topic }: SignedIn, events: string) {
  return { "hub.channel.type": "websocket", "hub.mode": "subscribe", "hub.topic": topic, "hub.events": events };
}

/** Listens by an independent client, which answers by itself. */
async function listening(endpoint: string) {
  const names: string[] = [];
  const waiting = new Set<() => void>();
  // The client's own list of events knows none of the two; what it hears does not depend on it.
  const request = { channelType: "websocket", mode: "subscribe", topic: "x", events: ["syncerror"], endpoint } as const;
  const connection = new FhircastConnection({ ...request, events: [...request.events] });
  connection.addEventListener("message", ({ payload }) => {
    names.push(payload.event["hub.event"]);
    for (const look of waiting) look();
  });
  await new Promise<void>(resolve => connection.addEventListener("connect", () => resolve()));
  return {
    names,
    heard: (name: string) =>
      new Promise<void>(resolve => {
        const look = () => names.includes(name) && resolve();
        waiting.add(look);
        look();
      }),
    close: () => connection.disconnect(),
  };
}

function trail(act: TrailRecord["act"]): TrailRecord[] {
  return house.records().filter(record => record.act === act);
}

describe("a subscriber of the hub", () => {
  test("hears that the card is gone, and that the session has ended", async () => {
    const { seat } = await signIn(client, house.keysOf("physician"));
    const record = await signedIn(seat, "record");
    expect(record.hub).toBe(`${house.broker.webOrigin}/fhircast`);
    const { status, endpoint } = await post(record, subscription(record, "userlogout,userhibernate"));
    expect(status).toBe(202);
    const ears = await listening(endpoint);
    await client.cover(seat, "card-removed", 0);
    await ears.heard("userhibernate");
    await client.end(seat);
    await ears.heard("userlogout");
    ears.close();
    expect(ears.names).toEqual(["userhibernate", "userlogout"]);
    expect(trail("context-subscribed")).toMatchObject([
      { holder: "899700075064", application: "record", detail: "userhibernate,userlogout" },
    ]);
    expect(trail("context-unanswered")).toEqual([]);
  });

  test("that goes silent is recorded, and the session has ended all the same", async () => {
    const { seat } = await signIn(client, house.keysOf("physician"));
    const record = await signedIn(seat, "record");
    const { endpoint } = await post(record, subscription(record, "userlogout"));
    const line = new WebSocket(endpoint);
    await once(line, "message");
    const told = once(line, "message");
    await client.end(seat);
    await told;
    line.terminate();
    await expect
      .poll(() => trail("context-unanswered"))
      .toMatchObject([{ application: "record", detail: "userlogout: its line broke (1006)" }]);
  });

  test("of one session hears nothing of another one", async () => {
    const other = new BrokerClient(await house.enrol("B"));
    const first = await signIn(client, house.keysOf("physician"));
    const record = await signedIn(first.seat, "record");
    const second = await signIn(other, house.keysOf("nurse"));
    const { endpoint } = await post(record, subscription(record, "userlogout,userhibernate"));
    const ears = await listening(endpoint);
    await other.end(second.seat);
    await client.cover(first.seat, "card-removed", 0);
    await ears.heard("userhibernate");
    ears.close();
    expect(ears.names).toEqual(["userhibernate"]);
    await other.close();
  });

  test("says what it can do", async () => {
    const answer = await fetch(`${house.broker.webOrigin}/fhircast/.well-known/fhircast-configuration`);
    expect(await answer.json()).toMatchObject({
      eventsSupported: ["userhibernate", "userlogout", "syncerror"],
      websocketSupport: true,
      fhircastVersion: "STU3",
    });
  });
});

describe("the hub refuses", () => {
  let record: SignedIn;
  let seat: string;

  beforeEach(async () => {
    ({ seat } = await signIn(client, house.keysOf("physician")));
    record = await signedIn(seat, "record");
  });

  test.each<[string, number, (good: Record<string, string>) => Record<string, string> | string]>([
    ["another topic", 403, good => ({ ...good, "hub.topic": "another" })],
    ["an event that it does not tell", 400, good => ({ ...good, "hub.events": "patient-open" })],
    ["a web hook", 400, good => ({ ...good, "hub.channel.type": "webhook" })],
    ["a lease without end", 400, good => ({ ...good, "hub.lease_seconds": "-1" })],
    [
      "somebody else's endpoint",
      404,
      good => ({ ...good, "hub.channel.endpoint": "ws://127.0.0.1:1/fhircast/channels/x" }),
    ],
    [
      "an unknown endpoint",
      404,
      good => ({
        ...good,
        "hub.channel.endpoint": `${house.broker.webOrigin.replace("http", "ws")}/fhircast/channels/x`,
      }),
    ],
    ["no subscription at all", 400, () => ({})],
    ["JSON that is none", 400, () => "{"],
    ["more than it reads", 413, good => ({ ...good, "subscriber.name": "x".repeat(20_000) })],
    [
      "an event of a subscriber's own",
      403,
      ({ "hub.topic": topic = "" }) =>
        JSON.stringify({
          timestamp: "2026-11-26T08:00:00Z",
          id: "1",
          event: {
            "hub.topic": topic,
            "hub.event": "userlogout",
            context: [{ key: "a", resource: { resourceType: "Basic" } }],
          },
        }),
    ],
  ])("%s (%i)", async (_case, status, change) => {
    const answer = await post(record, change(subscription(record, "userlogout")));
    expect(answer.status).toBe(status);
    expect(answer.text).not.toBe("");
  });

  test("a token of nobody", async () => {
    const answer = await post({ ...record, token: "x" }, subscription(record, "userlogout"));
    expect(answer.status).toBe(401);
  });

  test("a token whose card has gone", async () => {
    await client.cover(seat, "card-removed", 0);
    expect((await post(record, subscription(record, "userlogout"))).status).toBe(401);
  });

  test("an application that does not use it, which is told of no hub", async () => {
    const plain = await signedIn(seat, "plain");
    expect([plain.hub, plain.topic]).toEqual(["undefined", "undefined"]);
    const answer = await post({ ...plain, hub: record.hub }, subscription(record, "userlogout"));
    expect(answer.status).toBe(403);
  });

  test("a line to no endpoint", async () => {
    const line = new WebSocket(`${record.hub.replace("http", "ws")}/channels/nothing`);
    const [code] = await once(line, "close");
    expect(code).toBe(1008);
    const elsewhere = new WebSocket(`${house.broker.webOrigin.replace("http", "ws")}/console/`);
    const [problem] = await once(elsewhere, "error");
    expect(String(problem)).toContain("socket hang up");
  });

  test("a second line to one endpoint", async () => {
    const { endpoint } = await post(record, subscription(record, "userlogout"));
    const first = new WebSocket(endpoint);
    await once(first, "message");
    const second = new WebSocket(endpoint);
    expect((await once(second, "close"))[0]).toBe(1008);
    first.close();
  });

  test("what is subscribed can be ended", async () => {
    const { endpoint } = await post(record, subscription(record, "userlogout"));
    const line = new WebSocket(endpoint);
    await once(line, "message");
    const ended = once(line, "close");
    const { "hub.events": _events, ...rest } = subscription(record, "userlogout");
    const answer = await post(record, { ...rest, "hub.mode": "unsubscribe", "hub.channel.endpoint": endpoint });
    expect(answer.status).toBe(202);
    expect((await ended)[0]).toBe(1000);
  });
});
