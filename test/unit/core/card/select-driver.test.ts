import { expect, test } from "vitest";
import type { CardDriver } from "../../../../core/card/card-driver.ts";
import type { CardFamily } from "../../../../core/card/card-family.ts";
import { selectDriver } from "../../../../core/card/select-driver.ts";
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
