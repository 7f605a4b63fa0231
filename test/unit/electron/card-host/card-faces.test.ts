import { describe, expect, test } from "vitest";
import { CardFaces } from "../../../../electron/card-host/card-faces.ts";

/** Plays what readers see; answers what was told. */
function watch() {
  const told: string[] = [];
  const faces = new CardFaces({
    inserted: insertion => told.push(`+${insertion}`),
    removed: insertion => told.push(`-${insertion}`),
  });
  return {
    told,
    async contacts(number: string | undefined) {
      faces.inserted({
        insertion: "contacts",
        chip: async () => (number === undefined ? undefined : { isContactless: false, number }),
      });
      await settled();
    },
    async antenna(number: string | undefined, insertion = "antenna") {
      faces.inserted({
        insertion,
        chip: async () => (number === undefined ? undefined : { isContactless: true, number }),
      });
      await settled();
    },
    gone: (insertion: string) => faces.removed(insertion),
  };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

describe("one card by two faces", () => {
  test("in the slot first: the antenna adds nothing, and its going takes nothing away", async () => {
    const seen = watch();
    await seen.contacts("1");
    await seen.antenna("1");
    seen.gone("antenna");
    expect(seen.told).toEqual(["+contacts"]);
    seen.gone("contacts");
    expect(seen.told).toEqual(["+contacts", "-contacts"]);
  });

  test("taken out of the slot it is gone, though the antenna still sees it; put there again it counts", async () => {
    const seen = watch();
    await seen.contacts("1");
    await seen.antenna("1");
    seen.gone("contacts");
    expect(seen.told).toEqual(["+contacts", "-contacts"]);
    seen.gone("antenna");
    await seen.antenna("1", "again");
    expect(seen.told).toEqual(["+contacts", "-contacts", "+again"]);
  });

  test("by its antenna first: the contacts take over, and the antenna's going is nothing", async () => {
    const seen = watch();
    await seen.antenna("1");
    await seen.contacts("1");
    expect(seen.told).toEqual(["+antenna", "-antenna", "+contacts"]);
    seen.gone("antenna");
    expect(seen.told).toEqual(["+antenna", "-antenna", "+contacts"]);
    seen.gone("contacts");
    expect(seen.told.at(-1)).toBe("-contacts");
  });
});

describe("two cards are two", () => {
  test.each([
    ["other chips", "1", "2"],
    ["one that cannot be read", "1", undefined],
    ["both that cannot be read", undefined, undefined],
  ])("%s", async (_, one, other) => {
    const seen = watch();
    await seen.contacts(one);
    await seen.antenna(other);
    expect(seen.told).toEqual(["+contacts", "+antenna"]);
    seen.gone("antenna");
    seen.gone("contacts");
    expect(seen.told).toEqual(["+contacts", "+antenna", "-antenna", "-contacts"]);
  });

  test("of the same interface, even with the same number", async () => {
    const seen = watch();
    await seen.antenna("1");
    await seen.antenna("1", "second");
    expect(seen.told).toEqual(["+antenna", "+second"]);
  });
});

test("a card that leaves while its chip is asked for was never there", async () => {
  const seen = watch();
  await seen.contacts("1");
  const asked = seen.antenna("1");
  seen.gone("antenna");
  await asked;
  expect(seen.told).toEqual(["+contacts"]);
});
