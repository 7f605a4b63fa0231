import { describe, expect, test } from "vitest";
import { PinBuffer } from "../../../renderer/workstation/pin/pin-buffer.ts";

function typed(...characters: string[]): PinBuffer {
  const pin = new PinBuffer(8);
  for (const character of characters) pin.push(character);
  return pin;
}

describe("the digits of a PIN", () => {
  test("are handed over once, as character codes", () => {
    const pin = typed("3", "1", "4");
    expect(pin.length).toBe(3);
    expect(pin.take()).toEqual([51, 49, 52]);
    expect(pin.length).toBe(0);
    expect(pin.take()).toEqual([]);
  });

  test("are digits only, and no more than fit", () => {
    expect(typed("a", "1", "", "12", "٣", " ").length).toBe(1);
    expect(typed(..."123456789").take()).toEqual([..."12345678"].map(digit => digit.charCodeAt(0)));
  });

  test("can be corrected, also when there is nothing to correct", () => {
    const pin = typed("1", "2");
    pin.pop();
    pin.push("9");
    expect(pin.take()).toEqual([49, 57]);
    pin.pop();
    expect(pin.length).toBe(0);
  });

  test("leave nothing behind", () => {
    const pin = typed("1", "2", "3");
    pin.wipe();
    expect(pin.take()).toEqual([]);
    expect(JSON.stringify(pin)).toBe("{}");
  });
});
