import { expect, test } from "vitest";
import type { CardDriver } from "../../../../core/card/card-driver.ts";
import type { CardFamily } from "../../../../core/card/card-family.ts";
import { selectDriver } from "../../../../core/card/select-driver.ts";
import { KeptObjects } from "../../../../electron/card-host/kept-objects.ts";
import { noMemory } from "../../../fakes/no-memory.ts";
import { RecordingCard } from "../../../fakes/scripted-card.ts";

const atr = Uint8Array.of(0x3b, 0x01, 0x07);
const card = new RecordingCard(() => Uint8Array.of(0x6a, 0x82), atr);

/** A family that notes when it is asked. */
function family(name: string, asked: string[], { own = false, any = true, takes = false }): CardFamily {
  return {
    name,
    recognises: bytes => own && bytes === atr,
    hasAnyAtr: any,
    select: async () => {
      asked.push(name);
      return takes ? ({ family: name } as CardDriver) : undefined;
    },
  };
}

test("the ATR's own family comes first; those of any ATR follow in order; each is asked once", async () => {
  const asked: string[] = [];
  const families = [
    family("general", asked, {}),
    family("foreign", asked, { any: false }),
    family("own", asked, { own: true }),
    family("last", asked, { takes: true }),
  ];
  expect((await selectDriver(card, noMemory, families)).family).toBe("last");
  expect(asked).toEqual(["own", "general", "last"]);
});

test("a card that nobody takes is unknown", async () => {
  const asked: string[] = [];
  await expect(selectDriver(card, noMemory, [family("general", asked, {})])).rejects.toMatchObject({
    code: "card-unknown",
  });
  expect(asked).toEqual(["general"]);
});

test("the family that took a card of this kind is asked first the next time, and the others after it", async () => {
  const services = { ...noMemory, objects: new KeptObjects({ now: () => 0 }) };
  const asked: string[] = [];
  const kind = (taker: string) => ["first", "second"].map(name => family(name, asked, { takes: name === taker }));
  await selectDriver(card, services, kind("second"));
  await selectDriver(card, services, kind("second"));
  expect(asked.splice(0)).toEqual(["first", "second", "second"]);
  expect((await selectDriver(card, services, kind("first"))).family).toBe("first");
  expect(asked).toEqual(["second", "first"]);
});
