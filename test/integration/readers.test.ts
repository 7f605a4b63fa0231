import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toHex } from "../../core/bytes/hex.ts";
import type { ReaderCondition } from "../../core/ports/card-readers.ts";
import { cps3ContactlessAtr } from "../../native-bindings/simulator/card/cps3-card.ts";
import { CardHouse } from "./support/card-house.ts";
import { type Pcscd, readerPorts } from "./support/pcscd.ts";

// What readers do on a ward, with the real pcscd: they go, come back under another name, sleep, bounce, and see one card twice.

const [left, right] = readerPorts;
const input = new TextEncoder().encode("what is to be signed");
const pin = () => new TextEncoder().encode("271828");

let house: CardHouse;
let pcscd: Pcscd;

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(async () => {
  pcscd = await house.startPcscd();
});

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

/** A folder of pcscd's settings in which the virtual readers have another name. */
function named(name: string): string {
  const folder = join(house.directory, name.replaceAll(" ", "-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "vpcd"), readFileSync("/etc/reader.conf.d/vpcd", "utf8").replace("Virtual PCD", name));
  return folder;
}

const has = (name: string) => (condition: ReaderCondition) =>
  condition.kind === "ready" && condition.readers.some(reader => reader.startsWith(name));
const stopped = (condition: ReaderCondition) => condition.kind === "trouble";

describe("readers that go and come", () => {
  test("all of them, as when the machine sleeps: the card is gone, and told anew when they are back", async () => {
    const told = house.openReaders();
    const card = await house.makeCard("nurse");
    await card.insert(left);
    const first = await told.insertion();
    await pcscd.stop();
    await told.removal(first);
    await told.condition(stopped);
    await house.startPcscd();
    await told.condition(has("Virtual PCD"));
    await card.insert(left);
    const second = await told.insertion();
    expect(second).not.toBe(first);
    expect((await told.client.signWithPin(second, pin(), input).catch(failure => failure)).code).toBe(
      "card-without-certificate",
    );
    await told.client.identify(second);
    expect(await told.client.signWithPin(second, pin(), input)).toHaveLength(64);
  });

  test("under another name: it is listed, and works as before", async () => {
    const told = house.openReaders();
    await told.condition(has("Virtual PCD"));
    await pcscd.stop();
    await told.condition(stopped);
    await house.startPcscd({ readers: named("Ward reader") });
    await told.condition(has("Ward reader"));
    expect(has("Virtual PCD")(told.latest)).toBe(false);
    const card = await house.makeCard("nurse");
    await card.insert(left);
    const insertion = await told.insertion();
    await told.client.identify(insertion);
    expect(await told.client.signWithPin(insertion, pin(), input)).toHaveLength(64);
  });

  test("a service that hangs for a moment: what happened meanwhile is told when it goes on", async () => {
    const told = house.openReaders();
    const card = await house.makeCard("nurse");
    await card.insert(left);
    const first = await told.insertion();
    pcscd.hold(true);
    await card.remove();
    pcscd.hold(false);
    await told.removal(first);
    await card.insert(left);
    expect((await told.client.identify(await told.insertion())).family).toBe("piv");
  });
});

describe("a card that moves faster than anybody looks", () => {
  test("ten bounces: the last insertion works, every other one was told removed, none is left over", async () => {
    const told = house.openReaders();
    const card = await house.makeCard("nurse");
    for (let bounce = 0; bounce < 10; bounce += 1) {
      await card.insert(left);
      await card.remove();
    }
    await card.insert(left);
    await told.untilPresent(1, async present => (await told.client.identify(present[0] ?? "")).family === "piv");
    await card.remove();
    await told.untilPresent(0);
  });
});

describe("more than one card, more than one program", () => {
  test("two readers with a card each: both are told, each signs by its own, and the going of one leaves the other", async () => {
    const told = house.openReaders();
    const nurse = await house.makeCard("nurse");
    const dentist = await house.makeCard("piv-old");
    await nurse.insert(left);
    const one = await told.insertion();
    await dentist.insert(right);
    const other = await told.insertion();
    const ofNurse = await told.client.identify(one);
    const ofDentist = await told.client.identify(other);
    expect(ofNurse.cardId).not.toBe(ofDentist.cardId);
    await nurse.remove();
    await told.removal(one);
    expect((await told.client.pinState(other)).triesLeft).toBe(3);
    expect((await told.client.pinState(one).catch(failure => failure)).code).toBe("card-removed");
  });

  test("a second card host on the same reader: both sign, in turn, and neither is told a removal", async () => {
    const told = house.openReaders();
    const another = house.openReaders();
    const card = await house.makeCard("nurse");
    await card.insert(left);
    const [ours, theirs] = [await told.insertion(), await another.insertion()];
    await Promise.all([told.client.identify(ours), another.client.identify(theirs)]);
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = await Promise.all([
        told.client.signWithPin(ours, pin(), input),
        another.client.signWithPin(theirs, pin(), input),
      ]);
      expect([one.length, other.length]).toEqual([64, 64]);
    }
    expect((await card.status()).triesLeft).toBe(3);
    expect(told.present).toEqual([ours]);
    expect(another.present).toEqual([theirs]);
  });
});

/** Whether another program sees a card in the second reader: what is kept silent is told to nobody here. */
function cardOnAntenna(): boolean {
  const readersSeen = execFileSync("opensc-tool", ["--list-readers"], { encoding: "utf8" });
  return /^1 +Yes/m.test(readersSeen);
}

describe("a reader that is seen as two", () => {
  test("one card by both faces is one; out of the slot it is gone", async () => {
    const told = house.openReaders();
    const contacts = await house.makeCard("cps3");
    const antenna = await house.makeCard("cps3-contactless");
    await contacts.insert(left);
    const insertion = await told.insertion();
    await antenna.insert(right);
    await expect.poll(cardOnAntenna).toBe(true);
    await told.client.identify(insertion);
    expect(told.present).toEqual([insertion]);
    await antenna.remove();
    await expect.poll(cardOnAntenna).toBe(false);
    expect((await told.client.pinState(insertion)).triesLeft).toBe(3);
    await antenna.insert(right);
    await expect.poll(cardOnAntenna).toBe(true);
    expect((await told.client.pinState(insertion)).triesLeft).toBe(3);
    await contacts.remove();
    await told.removal(insertion);
    expect(told.present).toEqual([]);
  });

  test("the slot takes over from the antenna", async () => {
    const told = house.openReaders();
    const contacts = await house.makeCard("cps3");
    const antenna = await house.makeCard("cps3-contactless");
    await antenna.insert(right);
    const first = await told.insertion();
    await contacts.insert(left);
    await told.removal(first);
    const second = await told.insertion();
    expect(told.present).toEqual([second]);
    expect((await told.client.identify(second)).family).toBe("cps3");
  });

  test("another card on the antenna is another card", async () => {
    const told = house.openReaders();
    const contacts = await house.makeCard("cps3");
    const antenna = await house.makeCard("nurse", "--atr", toHex(cps3ContactlessAtr));
    await contacts.insert(left);
    const one = await told.insertion();
    await antenna.insert(right);
    const other = await told.insertion();
    expect([...told.present].sort()).toEqual([one, other].sort());
  });
});
