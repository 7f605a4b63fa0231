import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { defaultAtr } from "../../../../native-bindings/simulator/card/default-atr.ts";
import { VirtualCard } from "../../../../native-bindings/simulator/virtual-card.ts";
import { makePivCard } from "../../../fixtures/card-content.ts";
import { FakeVirtualPort } from "./fake-virtual-port.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array();
const powerOff = Uint8Array.of(0);
const powerOn = Uint8Array.of(1);
const reset = Uint8Array.of(2);
const getAtr = Uint8Array.of(4);
const select = hex("00a4040009a0000003080000100000");
const tries = hex("00200080");
const pin = hex("0020008008333134313539ffff");
const wrong = hex("0020008008303030303030ffff");

let port: FakeVirtualPort;
let card: VirtualCard;

beforeEach(async () => {
  port = await FakeVirtualPort.open();
  card = new VirtualCard(makePivCard(), defaultAtr);
});

afterEach(async () => {
  await card.remove();
  await port.close();
});

async function answers(...commands: Uint8Array[]): Promise<string[]> {
  const found: string[] = [];
  for (const command of commands) {
    await port.write("whole", command);
    found.push(toHex((await port.frame()) ?? new Uint8Array()));
  }
  return found;
}

describe("in a virtual reader", () => {
  test("it tells its ATR, and answers nothing to power", async () => {
    await card.insert(port.port);
    await port.write("whole", powerOn, getAtr);
    expect(await port.frame()).toEqual(defaultAtr);
  });

  test("frames may come together or byte by byte", async () => {
    await card.insert(port.port);
    await port.write("whole", select, tries);
    expect(toHex((await port.frame()) ?? new Uint8Array())).toMatch(/9000$/);
    expect(await port.frame()).toEqual(hex("63c3"));
    await port.write("by byte", select, tries);
    expect(toHex((await port.frame()) ?? new Uint8Array())).toMatch(/9000$/);
    expect(await port.frame()).toEqual(hex("63c3"));
  });

  test.each([
    ["power off", powerOff],
    ["power on", powerOn],
    ["reset", reset],
  ])("%s takes the verified PIN away; the counter stays", async (_, control) => {
    await card.insert(port.port);
    expect((await answers(select, wrong, pin, tries)).slice(1)).toEqual(["63c2", "9000", "9000"]);
    await answers(wrong);
    await port.write("whole", control);
    expect(await answers(tries)).toEqual(["6d00"]);
    expect((await answers(select, tries)).at(1)).toBe("63c2");
  });

  test("it counts what it is asked since it was inserted", async () => {
    await card.insert(port.port);
    await answers(select, tries);
    expect(card.status).toEqual({ inserted: true, triesLeft: 3, commands: 2 });
    await answers(wrong);
    expect(card.status).toEqual({ inserted: true, triesLeft: 2, commands: 3 });
  });

  test("a blocked card says so", async () => {
    await card.insert(port.port);
    card.block();
    expect((await answers(select, tries, pin)).slice(1)).toEqual(["6983", "6983"]);
  });
});

describe("out of it", () => {
  test("removed: the line closes, the PIN state goes, the tries stay", async () => {
    await card.insert(port.port);
    await answers(select, wrong);
    await card.remove();
    expect(card.status).toMatchObject({ inserted: false, triesLeft: 2 });
    expect(await port.frame()).toBeUndefined();
  });

  test("inserted again it starts at nought", async () => {
    await card.insert(port.port);
    await answers(select, pin, tries);
    const next = await FakeVirtualPort.open();
    await card.insert(next.port);
    expect(card.status).toMatchObject({ inserted: true, commands: 0 });
    expect(await port.frame()).toBeUndefined();
    await next.write("whole", tries);
    expect(await next.frame()).toEqual(hex("6d00"));
    await card.remove();
    await next.close();
  });

  test("the reader goes: the card is out", async () => {
    await card.insert(port.port);
    await answers(select);
    await port.close();
    await expect.poll(() => card.status.inserted).toBe(false);
  });

  test("no reader at the port is an error, and the card is out", async () => {
    const gone = await FakeVirtualPort.open();
    const { port: number } = gone;
    await gone.close();
    await expect(card.insert(number)).rejects.toThrow("ECONNREFUSED");
    expect(card.status.inserted).toBe(false);
  });

  test("pulled at VERIFY: the question for the tries is answered, the PIN is not", async () => {
    await card.insert(port.port);
    card.pullAt("verify");
    expect((await answers(select, tries)).at(1)).toBe("63c3");
    expect(await answers(pin)).toEqual([""]);
    expect(card.status.inserted).toBe(false);
  });

  test("pulled at signing: VERIFY is answered, the signature is not; the next time all is", async () => {
    const sign = hex(`0087119e26 7c24 8200 8120 ${"11".repeat(32)} 00`);
    await card.insert(port.port);
    card.pullAt("sign");
    expect((await answers(select, pin)).at(1)).toBe("9000");
    expect(await answers(sign)).toEqual([""]);
    const next = await FakeVirtualPort.open();
    await card.insert(next.port);
    await next.write("whole", select, sign);
    await next.frame();
    expect(toHex((await next.frame()) ?? new Uint8Array())).toMatch(/^7c.*9000$/);
    await card.remove();
    await next.close();
  });
});
