import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { sha256 } from "../../broker/store/trail-table.ts";
import type { BrokerEvent } from "../../core/ports/broker-connection.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { enrolWorkstation } from "../../electron/main/broker/enrolment.ts";
import { pinnedAgent } from "../../electron/main/broker/pinned-agent.ts";
import { brokerPaths } from "../../protocol/broker/paths.ts";
import { verifyChain } from "../fixtures/verify-chain.ts";
import { proofOf, signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker;
const clients: BrokerClient[] = [];

beforeEach(async () => {
  house = await TestBroker.start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await house.close();
});

async function workstation(name: string): Promise<BrokerClient> {
  const client = new BrokerClient(await house.enrol(name));
  clients.push(client);
  return client;
}

function trail(): { act: string; code?: string; [member: string]: unknown }[] {
  const rows = house.sql("select sequence, text, hash from trail_record order by sequence") as unknown as {
    sequence: number;
    text: string;
    hash: string;
  }[];
  expect(verifyChain(rows, sha256)).toMatchObject({ intact: true, records: rows.length });
  return rows.map(row => JSON.parse(row.text));
}

const acts = () =>
  trail()
    .map(record => record.act)
    .filter(act => !["broker-started", "policies-changed", "workstation-enrolled"].includes(act));

/** The next pushed event of a type. */
function next<Type extends BrokerEvent["type"]>(
  client: BrokerClient,
  type: Type,
): Promise<Extract<BrokerEvent, { type: Type }>> {
  return new Promise(resolve => {
    const stop = client.subscribe(event => {
      if (event.type !== type) return;
      queueMicrotask(() => stop());
      resolve(event as Extract<BrokerEvent, { type: Type }>);
    });
  });
}

describe("signing in", () => {
  test("a good card opens a session with the applications of its profession, recorded once", async () => {
    const a = await workstation("A");
    const session = await signIn(a, house.keysOf("physician"));
    expect(session).toMatchObject({
      resumed: false,
      means: "card-pin",
      holder: { id: "899700075064", displayName: "Camille AUBERT", profession: "Médecin" },
    });
    expect(session.applications.map(tile => tile.id)).toEqual(["record", "prescriptions"]);
    expect(acts()).toEqual(["session-opened"]);
    expect(trail().at(-1)).toMatchObject({
      holder: "899700075064",
      means: "card-pin",
      assurance: "high",
      place: "ward",
    });
  });

  test("a nurse's portal is her own", async () => {
    const session = await signIn(await workstation("A"), house.keysOf("nurse"));
    expect(session.applications.map(tile => tile.id)).toEqual(["record"]);
  });

  test.each([
    ["expired", "certificate-expired"],
    ["revoked", "certificate-revoked"],
    ["unknown-authority", "certificate-untrusted"],
  ])("the %s card is refused before any PIN, recorded once", async (card, code) => {
    const a = await workstation("A");
    await expect(signIn(a, house.keysOf(card))).rejects.toMatchObject({ code });
    expect(
      trail()
        .filter(record => record.act === "sign-in-denied")
        .map(record => record.code),
    ).toEqual([code]);
  });

  test("a copied card, whose key is not its certificate's, is refused", async () => {
    await expect(signIn(await workstation("A"), house.keysOf("copied"))).rejects.toMatchObject({
      code: "proof-signature-wrong",
    });
    expect(acts()).toEqual(["sign-in-denied"]);
  });

  test("a TEST card is refused outside demonstration mode", async () => {
    await house.close();
    house = await TestBroker.start({ demonstration: false });
    await expect(signIn(await workstation("A"), house.keysOf("physician"))).rejects.toMatchObject({
      code: "card-for-testing",
    });
  });
});

describe("proofs", () => {
  test("a proof is good once", async () => {
    const a = await workstation("A");
    const keys = house.keysOf("physician");
    const offered = await a.challenge(keys.authentication.certificate, true);
    const proof = proofOf(offered, keys.authentication);
    await a.prove(offered.challenge.nonce, proof, {});
    await expect(a.prove(offered.challenge.nonce, proof, {})).rejects.toMatchObject({ code: "challenge-unknown" });
  });

  test("a proof is good only from the workstation that was asked", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const keys = house.keysOf("physician");
    const offered = await a.challenge(keys.authentication.certificate, true);
    await expect(b.prove(offered.challenge.nonce, proofOf(offered, keys.authentication), {})).rejects.toMatchObject({
      code: "challenge-unknown",
    });
  });

  test("a proof is good for a minute", async () => {
    const a = await workstation("A");
    const keys = house.keysOf("physician");
    const offered = await a.challenge(keys.authentication.certificate, true);
    house.aheadMs += 61_000;
    await expect(a.prove(offered.challenge.nonce, proofOf(offered, keys.authentication), {})).rejects.toMatchObject({
      code: "challenge-unknown",
    });
  });

  test.each([
    ["purpose", { purpose: "resume" as const }],
    ["workstation", { workstation: "another" }],
    ["broker", { origin: "https://elsewhere.example" }],
    ["broker's key", { brokerKey: "other" }],
  ])("a proof made for another %s is refused", async (_what, change) => {
    const a = await workstation("A");
    const keys = house.keysOf("physician");
    const offered = await a.challenge(keys.authentication.certificate, true);
    const proof = proofOf({ ...offered, challenge: { ...offered.challenge, ...change } }, keys.authentication);
    await expect(a.prove(offered.challenge.nonce, proof, {})).rejects.toMatchObject({ code: "proof-mismatch" });
  });

  test("another holder's card cannot answer", async () => {
    const a = await workstation("A");
    const offered = await a.challenge(house.keysOf("physician").authentication.certificate, true);
    const proof = proofOf(offered, house.keysOf("nurse").authentication);
    await expect(a.prove(offered.challenge.nonce, proof, {})).rejects.toMatchObject({ code: "proof-mismatch" });
  });

  test("a flipped bit in the signature is refused, and so is what is no proof", async () => {
    const a = await workstation("A");
    const keys = house.keysOf("nurse");
    for (const [spoil, code] of [
      [
        (proof: string) => `${proof.slice(0, -2)}${proof.at(-2) === "A" ? "B" : "A"}${proof.at(-1)}`,
        "proof-signature-wrong",
      ],
      [(proof: string) => proof.split(".").slice(0, 2).join("."), "proof-mismatch"],
      [() => "garbage", "proof-mismatch"],
    ] as const) {
      const offered = await a.challenge(keys.authentication.certificate, true);
      await expect(
        a.prove(offered.challenge.nonce, spoil(proofOf(offered, keys.authentication)), {}),
      ).rejects.toMatchObject({ code });
    }
    expect(acts()).toEqual(["sign-in-denied", "sign-in-denied", "sign-in-denied"]);
  });
});

describe("coming back", () => {
  test("inside the grace window the presence key resumes on another workstation, and the first is told at once", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    await next(a, "connected");
    const keys = house.keysOf("physician");
    const first = await signIn(a, keys);
    a.believeSeat(first.seat);
    await a.launch(first.seat, "record");
    await a.cover(first.seat, "card-removed", 0);
    const lost = next(a, "seat-lost");
    const second = await signIn(b, keys);
    expect(second).toMatchObject({
      session: first.session,
      resumed: true,
      means: "card-presence",
      movedFrom: { workstationName: "A" },
    });
    expect(second.applications.map(tile => [tile.id, tile.open, tile.elsewhere])).toEqual([
      ["record", false, "A"],
      ["prescriptions", false, undefined],
    ]);
    expect(await lost).toMatchObject({ seat: first.seat, reason: "moved", workstationName: "B" });
    expect(acts()).toEqual(["session-opened", "application-launched", "seat-covered", "session-moved"]);
  });

  test("on the same workstation the seat stays the same", async () => {
    const a = await workstation("A");
    const keys = house.keysOf("physician");
    const first = await signIn(a, keys);
    await a.cover(first.seat, "card-removed", 0);
    expect(await signIn(a, keys)).toMatchObject({ seat: first.seat, session: first.session, resumed: true });
  });

  test("after the grace window the PIN's key is asked for, and the same session comes back by it", async () => {
    const a = await workstation("A");
    const keys = house.keysOf("physician");
    const first = await signIn(a, keys);
    await a.cover(first.seat, "card-removed", 0);
    house.aheadMs += 301_000;
    const offered = await a.challenge(keys.authentication.certificate, true);
    expect(offered.challenge).toMatchObject({ purpose: "unlock", key: "authentication" });
    const proof = proofOf({ ...offered, challenge: { ...offered.challenge, key: "presence" } }, keys.presence);
    await expect(a.prove(offered.challenge.nonce, proof, {})).rejects.toMatchObject({ code: "proof-mismatch" });
    expect(await signIn(a, keys)).toMatchObject({ session: first.session, means: "card-pin" });
  });

  test("a cover that was told late counts from when it happened, but not from before the session", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const { certificate } = house.keysOf("physician").authentication;
    const first = await signIn(a, house.keysOf("physician"));
    house.aheadMs += 400_000;
    await a.cover(first.seat, "card-removed", 290_000);
    expect((await b.challenge(certificate, true)).challenge.key).toBe("presence");
    house.aheadMs += 11_000;
    expect((await b.challenge(certificate, true)).challenge.key).toBe("authentication");
    const nurse = await signIn(b, house.keysOf("nurse"));
    const { graceUntil } = await b.cover(nurse.seat, "card-removed", 999_999_999);
    expect(graceUntil).toBe(nurse.openedAt + nurse.graceMs);
  });

  test("a seat that its workstation never heard of is covered when the line is built anew", async () => {
    const a = await workstation("A");
    await next(a, "connected");
    const session = await signIn(a, house.keysOf("physician"));
    await a.launch(session.seat, "record");
    // The agent believes in no seat: the answer was lost.
    const gone = next(a, "disconnected");
    a.renewLine();
    await gone;
    await next(a, "connected");
    await expect(a.launch(session.seat, "record")).rejects.toMatchObject({ code: "session-unknown" });
    expect(acts()).toEqual(["session-opened", "application-launched", "seat-covered"]);
  });

  test("the presence key of another holder does not resume", async () => {
    const a = await workstation("A");
    const first = await signIn(a, house.keysOf("physician"));
    await a.cover(first.seat, "card-removed", 0);
    const offered = await a.challenge(house.keysOf("physician").authentication.certificate, true);
    expect(offered.challenge.key).toBe("presence");
    await expect(
      a.prove(offered.challenge.nonce, proofOf(offered, house.keysOf("nurse").presence), {}),
    ).rejects.toMatchObject({ code: "proof-mismatch" });
  });

  test("another person on the workstation takes its seat; the first session stays alive", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const first = await signIn(a, house.keysOf("physician"));
    await a.cover(first.seat, "card-removed", 0);
    await signIn(a, house.keysOf("nurse"));
    expect(await signIn(b, house.keysOf("physician"))).toMatchObject({ session: first.session, resumed: true });
    expect(acts()).toEqual(["session-opened", "seat-covered", "seat-displaced", "session-opened", "session-resumed"]);
  });

  test("two workstations at once: one seat", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const keys = house.keysOf("physician");
    const both = await Promise.all([signIn(a, keys), signIn(b, keys)]);
    const answers = await Promise.allSettled([a.cover(both[0].seat, "idle", 0), b.cover(both[1].seat, "idle", 0)]);
    expect(answers.map(answer => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("sessions outlive a restart of the broker, and end at their time", async () => {
    const a = await workstation("A");
    const keys = house.keysOf("physician");
    const first = await signIn(a, keys);
    await house.restart();
    expect(await signIn(a, keys)).toMatchObject({ session: first.session });
    house.aheadMs += 13 * 3_600_000;
    expect(await signIn(a, keys)).toMatchObject({ resumed: false });
    expect(acts()).toContain("session-ended");
  });

  test("an answer that never arrived leaves no open seat: the next hello covers it", async () => {
    const enrolment = await house.enrol("A");
    const lost = new BrokerClient(enrolment);
    const first = await signIn(lost, house.keysOf("physician"));
    await lost.close();
    const back = new BrokerClient(enrolment);
    clients.push(back);
    await next(back, "connected");
    await expect(back.launch(first.seat, "record")).rejects.toMatchObject({ code: "session-unknown" });
    expect(acts()).toEqual(["session-opened", "seat-covered"]);
  });

  test("a workstation that was away learns at its next hello that its seat is gone", async () => {
    const enrolment = await house.enrol("A");
    const b = await workstation("B");
    const away = new BrokerClient(enrolment);
    const first = await signIn(away, house.keysOf("physician"));
    await away.close();
    await signIn(b, house.keysOf("physician"));
    const back = new BrokerClient(enrolment);
    clients.push(back);
    back.believeSeat(first.seat);
    expect(await next(back, "seat-lost")).toMatchObject({ seat: first.seat, reason: "moved", workstationName: "B" });
  });
});

describe("applications", () => {
  test("what is not entitled is not launched, and the denial is recorded", async () => {
    const a = await workstation("A");
    const session = await signIn(a, house.keysOf("nurse"));
    await expect(a.launch(session.seat, "prescriptions")).rejects.toMatchObject({ code: "application-not-entitled" });
    expect(acts()).toEqual(["session-opened", "launch-denied"]);
  });

  test("nothing is launched from a covered seat, nor from another's", async () => {
    const [a, b] = [await workstation("A"), await workstation("B")];
    const session = await signIn(a, house.keysOf("physician"));
    await expect(b.launch(session.seat, "record")).rejects.toMatchObject({ code: "session-unknown" });
    await a.cover(session.seat, "card-removed", 0);
    await expect(a.launch(session.seat, "record")).rejects.toMatchObject({ code: "session-unknown" });
  });
});

describe("who may speak", () => {
  test("an enrolment code is good once, and a false one never", async () => {
    const code = await house.broker.enrolmentCode("ward");
    const enrol = (name: string, text = code) =>
      enrolWorkstation({
        origin: house.configuration.agents.origin,
        code: text,
        name,
        directory: join(house.directory, name),
        now: Date.now(),
      });
    await enrol("one");
    await expect(enrol("two")).rejects.toMatchObject({ code: "enrolment-code-wrong" });
    await expect(enrol("three", "nonsense")).rejects.toMatchObject({ code: "enrolment-code-wrong" });
    const [, secret] = code.split(".");
    await expect(enrol("four", `wk1.${secret}.${"A".repeat(43)}`)).rejects.toMatchObject({ code: "broker-untrusted" });
  });

  test("a key that is not enrolled is refused, and a broker with another key is not spoken to", async () => {
    const enrolment = await house.enrol("A");
    const stranger = await TestBroker.start();
    try {
      const other = await stranger.enrol("X");
      const unknown = new BrokerClient({ ...enrolment, tls: { ...other.tls, brokerKey: enrolment.tls.brokerKey } });
      clients.push(unknown);
      await expect(unknown.describe()).rejects.toMatchObject({ code: "workstation-unknown" });
      const misled = new BrokerClient({ ...enrolment, origin: stranger.configuration.agents.origin });
      clients.push(misled);
      await expect(misled.describe()).rejects.toMatchObject({ code: "broker-untrusted" });
    } finally {
      await stranger.close();
    }
  });

  test("a line that is refused before it said anything ends, and the broker goes on", async () => {
    const a = await workstation("A");
    const stranger = await TestBroker.start();
    try {
      const { tls } = await stranger.enrol("X");
      const agent = pinnedAgent({ ...tls, brokerKey: (await house.enrol("B")).tls.brokerKey });
      const address = new URL(brokerPaths.push, house.configuration.agents.origin.replace("https:", "wss:"));
      const line = new WebSocket(address, { agent });
      const [status] = await once(line, "close");
      expect(status).toBe(4001);
      agent.destroy();
      expect(await a.describe()).toMatchObject({ name: "A" });
    } finally {
      await stranger.close();
    }
  });

  test("a stopped broker is told so, and found again when it is back", async () => {
    const a = await workstation("A");
    await next(a, "connected");
    const gone = next(a, "disconnected");
    await house.broker.close();
    expect((await gone).code).toBe("broker-unreachable");
    await expect(a.describe()).rejects.toMatchObject({ code: "broker-unreachable" });
    await house.restart().catch(() => {});
    await next(a, "connected");
    expect(await a.describe()).toMatchObject({ name: "A", demonstration: true, helpdeskPhone: "1234" });
  });
});

describe("the trail", () => {
  test("a refusal reported twice stands once", async () => {
    const a = await workstation("A");
    const report = { report: randomUUID(), denied: "sign-in" as const, code: "pin-wrong" as const, triesLeft: 2 };
    await a.report(report);
    await a.report(report);
    expect(trail().filter(record => record.code === "pin-wrong")).toHaveLength(1);
  });

  test("a new PIN, and one refused, are told apart from signing in", async () => {
    const a = await workstation("A");
    await a.report({ report: randomUUID(), denied: "pin-renewal", code: "unblocking-code-wrong", triesLeft: 2 });
    await a.report({ report: randomUUID(), renewed: "unblock" });
    expect(trail().slice(-2)).toMatchObject([
      { act: "pin-renewal-denied", code: "unblocking-code-wrong" },
      { act: "pin-renewed", detail: "unblock" },
    ]);
  });

  test("where nothing can be recorded, nothing opens", async () => {
    const a = await workstation("A");
    house.sql("alter table trail_record rename to away");
    await expect(signIn(a, house.keysOf("physician"))).rejects.toMatchObject({ code: "trail-unavailable" });
    expect(house.sql("select id from session")).toEqual([]);
    house.sql("alter table away rename to trail_record");
    expect(await signIn(a, house.keysOf("physician"))).toMatchObject({ resumed: false });
  });
});
