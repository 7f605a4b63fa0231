import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../../core/bytes/hex.ts";
import type { CardAccess } from "../../../../../core/card/card-access.ts";
import { selectDriver } from "../../../../../core/card/select-driver.ts";
import { Failure } from "../../../../../core/errors/failure.ts";
import { CardWork } from "../../../../../electron/card-host/card-work.ts";
import { gunzip } from "../../../../../electron/card-host/gunzip.ts";
import { KeptObjects } from "../../../../../electron/card-host/kept-objects.ts";
import { openDemonstrationAuthority } from "../../../../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { makeCard } from "../../../../../native-bindings/simulator/make-card.ts";
import { RecordingCard } from "../../../../fakes/scripted-card.ts";

// A card whose family's specification says where everything stands, and cards of that family that differ from it.

const directory = mkdtempSync(join(tmpdir(), "wardkey-known-layout-"));
const authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const message = new TextEncoder().encode("a challenge of the broker");
const described = demonstrationCards.find(({ id }) => id === "hba");
const certificate = described === undefined ? undefined : authority.keysOf(described).authentication.certificate;
const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
const refused = bytes("6a82");

let objects: KeptObjects;
beforeEach(() => {
  objects = new KeptObjects({ now: () => Date.now() });
});

type Habit = (command: string, answer: () => Uint8Array) => Uint8Array;
const asMade: Habit = (_, answer) => answer();

/** Signs in with the card, whose answers `habit` may change; what it was sent, in hexadecimal. */
async function signIn(habit: Habit = asMade) {
  if (described === undefined) throw new Error("no card");
  const { card, atr } = makeCard(described, authority.keysOf(described));
  const sent: string[] = [];
  const transport = new RecordingCard(command => {
    sent.push(toHex(command));
    return habit(toHex(command), () => card.answer(command));
  }, atr);
  const driver = await selectDriver(transport, { objects, gunzip });
  const access: CardAccess = {
    repeatable: work => work(driver),
    async once(work) {
      await driver.reselect();
      return work(driver);
    },
    hasPinPad: false,
    presented: transport,
    commands: 0,
    async end() {},
  };
  const work = new CardWork(access, objects);
  const identified = await work.identify();
  const pin = await work.pinState();
  const signed = await work.signWithPin(new TextEncoder().encode(described.pin), message).catch(failure => failure);
  return {
    sent,
    readsDirectory: sent.some(command => command.startsWith("00a4040c0fe828bd080f")),
    shows: identified.type === "identified" ? Buffer.from(identified.certificate) : undefined,
    triesLeft: pin.type === "pin-state" ? pin.triesLeft : undefined,
    code: signed instanceof Failure ? signed.code : signed.type,
  };
}

test("a card that agrees is not asked for its directory: eight commands the first time, six when it comes back", async () => {
  const first = await signIn();
  expect(first).toMatchObject({ readsDirectory: false, shows: certificate, triesLeft: 3, code: "signed" });
  expect(first.sent).toHaveLength(8);
  const back = await signIn();
  expect(back).toMatchObject({ readsDirectory: false, shows: certificate, triesLeft: 3, code: "signed" });
  expect(back.sent).toHaveLength(6);
});

test("another program has selected something else: the number is read from its own file", async () => {
  const other = bytes(`308201023082${"00".repeat(250)}9000`);
  const seen = await signIn((command, answer) => (command.startsWith("00b082") ? other : answer()));
  expect(seen).toMatchObject({ shows: certificate, code: "signed" });
  expect(seen.sent).toHaveLength(11);
});

test.each([
  ["the card", () => bytes("6700")],
  [
    "the reader",
    () => {
      throw new Failure("reader-service-stopped", { detail: "InvalidParameter" });
    },
  ],
])("%s does not take extended length: the certificate is read in short pieces", async (_, refuses) => {
  const seen = await signIn((command, answer) => (command.startsWith("00b08600000000") ? refuses() : answer()));
  expect(seen).toMatchObject({ readsDirectory: false, shows: certificate, code: "signed" });
  expect(seen.sent.filter(command => command.startsWith("00b0")).length).toBeGreaterThan(4);
});

test("a card that gives less than the whole is asked for the rest", async () => {
  const seen = await signIn((command, answer) => {
    const whole = answer();
    return command.startsWith("00b08600000000") ? Buffer.concat([whole.subarray(0, 400), bytes("9000")]) : whole;
  });
  expect(seen).toMatchObject({ readsDirectory: false, shows: certificate, code: "signed" });
  expect(seen.sent).toHaveLength(9);
});

test.each([
  ["certificate", (command: string) => command.startsWith("00b086") || command === "00a4020c02c506"],
  ["application of its keys", (command: string) => command === "00a4040c0aa000000167455349474e"],
])("a card without the %s at its place is asked for its directory", async (_, isMissing) => {
  let isFirst = true;
  const seen = await signIn((command, answer) => {
    if (!isMissing(command) || !isFirst) return answer();
    // The application is there all the same when the PIN is to be presented.
    if (command.startsWith("00a404")) isFirst = false;
    return refused;
  });
  expect(seen).toMatchObject({ readsDirectory: true, shows: certificate, code: "signed" });
  // Which is known of it when it comes back.
  const back = await signIn();
  expect(back).toMatchObject({ readsDirectory: false, shows: certificate, code: "signed" });
  expect(back.sent).toHaveLength(6);
});

test.each([
  ["refuses to sign", "card-refused-command", bytes("6a88")],
  ["signs with another key", "card-signature-wrong", Buffer.concat([new Uint8Array(64).fill(1), bytes("9000")])],
] as const)("a card that %s by it is asked for its directory the next time", async (_, code, answer) => {
  const seen = await signIn((command, own) => (command.startsWith("002a9e9a") ? answer : own()));
  expect(seen).toMatchObject({ readsDirectory: false, code });
  expect(await signIn()).toMatchObject({ readsDirectory: true, shows: certificate, code: "signed" });
});
