import { beforeEach, describe, expect, test } from "vitest";
import { KeptObjects } from "../../../../electron/card-host/kept-objects.ts";

const content = Uint8Array.of(1, 2, 3);
const day = { now: () => 0 };

test("recalls what was kept of this card under this name, and of no other", () => {
  const objects = new KeptObjects(day);
  objects.keep("a", "certificate", content);
  expect(objects.recall("a", "certificate")).toBe(content);
  expect(objects.recall("a", "directory")).toBeUndefined();
  expect(objects.recall("b", "certificate")).toBeUndefined();
});

test("forgets all of one card", () => {
  const objects = new KeptObjects(day);
  objects.keep("a", "certificate", content);
  objects.keep("b", "certificate", content);
  objects.forget("a");
  expect(objects.recall("a", "certificate")).toBeUndefined();
  expect(objects.recall("b", "certificate")).toBe(content);
});

test("two hundred cards are kept; the one not seen for longest goes", () => {
  const objects = new KeptObjects(day);
  for (let card = 0; card < 200; card += 1) objects.keep(String(card), "certificate", content);
  objects.recall("0", "certificate");
  objects.keep("new", "certificate", content);
  expect(objects.recall("1", "certificate")).toBeUndefined();
  expect(objects.recall("0", "certificate")).toBe(content);
  expect(objects.recall("new", "certificate")).toBe(content);
});

describe("twelve hours after the first of a card was read", () => {
  const hours = (count: number) => count * 3_600_000;
  let now: number;
  let objects: KeptObjects;

  beforeEach(() => {
    now = hours(100);
    objects = new KeptObjects({ now: () => now });
    objects.keep("a", "directory", content);
    now += hours(6);
    objects.keep("a", "certificate", content);
    objects.keep("b", "certificate", content);
  });

  test("nothing of it is recalled, however often it was seen; before, all of it", () => {
    now = hours(112) - 1;
    expect(objects.recall("a", "certificate")).toBe(content);
    now = hours(112);
    expect(objects.recall("a", "certificate")).toBeUndefined();
    expect(objects.recall("a", "directory")).toBeUndefined();
    expect(objects.recall("b", "certificate")).toBe(content);
  });

  test("what is read anew is kept for as long again", () => {
    now = hours(112);
    objects.keep("a", "certificate", content);
    expect(objects.recall("a", "directory")).toBeUndefined();
    now = hours(124) - 1;
    expect(objects.recall("a", "certificate")).toBe(content);
    now = hours(124);
    expect(objects.recall("a", "certificate")).toBeUndefined();
  });

  test("a clock that was set back before it tells no age: it is read anew", () => {
    now = hours(100) - 1;
    expect(objects.recall("a", "certificate")).toBeUndefined();
  });
});
