import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CertificateJudge } from "../../../broker/services/certificate-judge.ts";
import { ChallengeBook } from "../../../broker/services/challenge-book.ts";
import { SessionEvents } from "../../../broker/services/session-events.ts";
import { type StepUpDemand, StepUps } from "../../../broker/services/step-ups.ts";
import { saveSession } from "../../../broker/store/session-table.ts";
import type { Store } from "../../../broker/store/store.ts";
import { nodeSignatureVerifier } from "../../../broker/trust/node-signature-verifier.ts";
import type { Session } from "../../../core/session/session.ts";
import type { PushMessage } from "../../../protocol/broker/push.ts";
import { FakeTimers } from "../../fakes/fake-timers.ts";
import { silentLog } from "../../fakes/silent-log.ts";
import { inTestStore, openTestStore } from "../../fixtures/test-stores.ts";

let folder: string;
let store: Store;
let timers: FakeTimers;
let events: SessionEvents;
let stepUps: StepUps;
let pushed: PushMessage[];
let connected: boolean;

const workstation = { id: "w", name: "W", place: "ward" };
const session: Session = {
  id: "s",
  holder: { id: "h", displayName: "H", profession: "", professionCode: 10 },
  means: "card-presence",
  openedAt: 0,
  provenAt: 0,
  expiresAt: 1e12,
  seat: { id: "seat", workstation: "w", state: "open" },
  absentSince: undefined,
};
const demand = (id: string): StepUpDemand => ({
  application: { id, name: id.toUpperCase() },
  minimum: "high",
  maximalAgeMs: undefined,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-step-ups-"));
  store = await openTestStore(join(folder, "broker.sqlite"));
  await store.write(tx => saveSession(tx, session));
  timers = new FakeTimers();
  events = new SessionEvents();
  pushed = [];
  connected = true;
  const clock = { now: () => 5_000 };
  stepUps = new StepUps({
    store,
    clock,
    timers,
    log: silentLog,
    judge: { judge: () => Promise.reject(new Error("no card here")) } as unknown as CertificateJudge,
    signatures: nodeSignatureVerifier(),
    challenges: new ChallengeBook(clock),
    events,
    enrolments: { byId: async () => workstation },
    hub: {
      tell: (_workstation, message) => void pushed.push(message),
      presenceOf: () => ({ connected, seenAt: undefined }),
    },
    settings: { origin: "https://broker.example", brokerKey: "k" },
  });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function trail(): (string | undefined)[][] {
  const rows = inTestStore(join(folder, "broker.sqlite"), "select text from trail_record order by sequence");
  return rows.map(row => {
    const { act, application, code } = JSON.parse(String(row["text"])) as Record<string, string>;
    return code === undefined ? [act, application] : [act, application, code];
  });
}

/** Resolves when the workstation has been asked. */
async function isAsked(): Promise<string> {
  for (;;) {
    const found = pushed.find(message => message.type === "step-up-wanted");
    if (found?.type === "step-up-wanted") return found.stepUp;
    await new Promise(resolve => setImmediate(resolve));
  }
}

test("nobody answers for two minutes: it is over, at the workstation, too, and a late word changes nothing", async () => {
  const asked = stepUps.ask(session, demand("a"));
  const stepUp = await isAsked();
  timers.pass(119_999);
  expect(pushed).toHaveLength(1);
  timers.pass(1);
  expect(await asked).toBe("timed-out");
  expect(pushed.at(-1)).toEqual({ type: "step-up-over", stepUp });
  await stepUps.refuse(workstation, stepUp, "step-up-cancelled", undefined);
  expect(trail()).toEqual([
    ["step-up-asked", "a"],
    ["step-up-refused", "a", "step-up-timed-out"],
  ]);
});

test("a second application waits for the same answer: the holder is asked once, and both demands are recorded", async () => {
  const first = stepUps.ask(session, demand("a"));
  const stepUp = await isAsked();
  const second = stepUps.ask(session, demand("b"));
  while (trail().length < 2) await new Promise(resolve => setImmediate(resolve));
  await stepUps.refuse(workstation, stepUp, "pin-blocked", 0);
  expect(await Promise.all([first, second])).toEqual(["refused", "refused"]);
  expect(pushed).toHaveLength(1);
  expect(trail()).toEqual([
    ["step-up-asked", "a"],
    ["step-up-asked", "b"],
    ["step-up-refused", "a", "pin-blocked"],
  ]);
  expect(timers.waiting).toBe(0);
});

test("the next demand after an answer is asked anew", async () => {
  const first = stepUps.ask(session, demand("a"));
  await stepUps.refuse(workstation, await isAsked(), "step-up-cancelled", undefined);
  await first;
  pushed = [];
  const second = stepUps.ask(session, demand("a"));
  const stepUp = await isAsked();
  await stepUps.refuse(workstation, stepUp, "step-up-cancelled", undefined);
  expect(await second).toBe("refused");
});

describe("refused at once", () => {
  test("where the workstation is not connected", async () => {
    connected = false;
    expect(await stepUps.ask(session, demand("a"))).toBe("refused");
    expect(trail().at(-1)).toEqual(["step-up-refused", "a", "workstation-away"]);
    expect(pushed).toEqual([]);
  });

  test("where the seat was covered before the demand was written", async () => {
    const covered: Session = { ...session, seat: { id: "seat", workstation: "w", state: "covered" } };
    await store.write(tx => saveSession(tx, covered));
    expect(await stepUps.ask(session, demand("a"))).toBe("refused");
    expect(trail().at(-1)).toEqual(["step-up-refused", "a", "step-up-seat-left"]);
    expect(pushed).toEqual([]);
  });

  test("when the seat is covered meanwhile", async () => {
    const asked = stepUps.ask(session, demand("a"));
    await isAsked();
    events.tell({ type: "seat-covered", session: "s", seat: "another", workstation: "w" });
    events.tell({ type: "seat-covered", session: "s", seat: "seat", workstation: "w" });
    expect(await asked).toBe("refused");
    expect(trail().slice(1)).toEqual([["step-up-refused", "a", "step-up-seat-left"]]);
  });
});

test("where the trail cannot be written nobody is asked, and nothing waits", async () => {
  await store.close();
  await expect(stepUps.ask(session, demand("a"))).rejects.toMatchObject({ code: "trail-unavailable" });
  expect(pushed).toEqual([]);
  store = await openTestStore(join(folder, "broker.sqlite"));
});
