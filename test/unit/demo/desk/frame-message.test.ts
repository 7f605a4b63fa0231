import { expect, test } from "vitest";
import { packFrame, unpackFrame } from "../../../../demo/desk/frame-message.ts";

test("a picture arrives as it was sent, with its workstation and size", () => {
  const frame = { width: 1024, height: 768, jpeg: Uint8Array.of(0xff, 0xd8, 1, 2, 3) };
  expect(unpackFrame(packFrame(1, frame).slice().buffer)).toEqual({ workstation: 1, frame });
});

test("a message too short to be one is refused", () => {
  expect(() => unpackFrame(new ArrayBuffer(3))).toThrow(RangeError);
});
