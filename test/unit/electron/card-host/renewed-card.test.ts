import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { CardAccess } from "../../../../core/card/card-access.ts";
import { selectDriver } from "../../../../core/card/select-driver.ts";
import { CardWork } from "../../../../electron/card-host/card-work.ts";
import { gunzip } from "../../../../electron/card-host/gunzip.ts";
import { KeptObjects } from "../../../../electron/card-host/kept-objects.ts";
import { openDemonstrationAuthority } from "../../../../native-bindings/simulator/authority/demonstration-authority.ts";
import { demonstrationCards } from "../../../../native-bindings/simulator/authority/demonstration-cards.ts";
import { makeCard } from "../../../../native-bindings/simulator/make-card.ts";
import { RecordingCard } from "../../../fakes/scripted-card.ts";

// A chip that was seen before and shows another certificate now: how long the one that was kept of it counts.

const directory = mkdtempSync(join(tmpdir(), "wardkey-renewed-card-"));
const authority = openDemonstrationAuthority(join(directory, "pki"), Date.now());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const message = new TextEncoder().encode("a challenge of the broker");
const twelveHours = 12 * 3_600_000;
let now: number;
let objects: KeptObjects;

beforeEach(() => {
  now = Date.now();
  objects = new KeptObjects({ now: () => now });
});

function cardCalled(id: string) {
  const card = demonstrationCards.find(one => one.id === id);
  if (card === undefined) throw new Error(id);
  return card;
}

/** The card `id` is inserted; `renewedAs`: with that card's keys and certificates on its chip. */
async function insert(id: string, renewedAs = id) {
  const described = cardCalled(id);
  const keys = authority.keysOf(cardCalled(renewedAs));
  const { card, atr } = makeCard(described, keys);
  const transport = new RecordingCard(command => card.answer(command), atr, id === "cps3" ? "T=0" : "T=1");
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
  return {
    shows: identified.type === "identified" ? Buffer.from(identified.certificate) : undefined,
    sign: () => work.signWithPin(new TextEncoder().encode(described.pin), message),
  };
}

const certificateOf = (id: string) => Buffer.from(authority.keysOf(cardCalled(id)).authentication.certificate);

describe.each([
  ["nurse", "revoked"],
  ["cps3", "physician"],
  ["cps4", "physician"],
  ["hba", "revoked"],
  ["cns", "physician"],
  ["pkcs15", "revoked"],
])("%s", (id, renewed) => {
  test("what was kept counts for twelve hours, and then what the card shows", async () => {
    expect((await insert(id)).shows).toEqual(certificateOf(id));
    now += twelveHours - 1;
    expect((await insert(id, renewed)).shows).toEqual(certificateOf(id));
    now += 1;
    expect((await insert(id, renewed)).shows).toEqual(certificateOf(renewed));
  });

  test("before that, a signature that does not fit has it forgotten; one that fits does not", async () => {
    expect(await (await insert(id)).sign()).toMatchObject({ type: "signed" });
    const back = await insert(id, renewed);
    expect(back.shows).toEqual(certificateOf(id));
    await expect(back.sign()).rejects.toMatchObject({ code: "card-signature-wrong" });
    const again = await insert(id, renewed);
    expect(again.shows).toEqual(certificateOf(renewed));
    expect(await again.sign()).toMatchObject({ type: "signed" });
  });
});
