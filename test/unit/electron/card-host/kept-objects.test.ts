import { expect, test } from "vitest";
import { KeptObjects } from "../../../../electron/card-host/kept-objects.ts";

const content = Uint8Array.of(1, 2, 3);

test("recalls what was kept of this card under this name, and of no other", () => {
  const objects = new KeptObjects();
  objects.keep("a", "certificate", content);
  expect(objects.recall("a", "certificate")).toBe(content);
  expect(objects.recall("a", "directory")).toBeUndefined();
  expect(objects.recall("b", "certificate")).toBeUndefined();
});

test("forgets all of one card", () => {
  const objects = new KeptObjects();
  objects.keep("a", "certificate", content);
  objects.keep("b", "certificate", content);
  objects.forget("a");
  expect(objects.recall("a", "certificate")).toBeUndefined();
  expect(objects.recall("b", "certificate")).toBe(content);
});

test("two hundred cards are kept; the one not seen for longest goes", () => {
  const objects = new KeptObjects();
  for (let card = 0; card < 200; card += 1) objects.keep(String(card), "certificate", content);
  objects.recall("0", "certificate");
  objects.keep("new", "certificate", content);
  expect(objects.recall("1", "certificate")).toBeUndefined();
  expect(objects.recall("0", "certificate")).toBe(content);
  expect(objects.recall("new", "certificate")).toBe(content);
});
