import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { CardFacts } from "../../command-line/card/card-facts.ts";
import { toHex } from "../../core/bytes/hex.ts";
import type { WardCard } from "../../demo/ward/ward-card.ts";
import {
  type DemonstrationCard,
  demonstrationCards,
} from "../../native-bindings/simulator/authority/demonstration-cards.ts";
import { makeCard } from "../../native-bindings/simulator/make-card.ts";
import { CardHouse } from "./support/card-house.ts";
import { cardIsSeen } from "./support/pcscd.ts";
import { wardkey } from "./support/wardkey.ts";

// `wardkey card`, run as a support engineer runs it, on the real pcscd.

const reader = "Virtual PCD 00 00";
let house: CardHouse;
let card: WardCard | undefined;

beforeAll(async () => {
  house = new CardHouse();
  await house.startPcscd();
});

afterEach(async () => {
  await card?.stop();
  card = undefined;
});

afterAll(async () => {
  await house.clear();
  house.removeFiles();
});

async function insert(id: string): Promise<void> {
  card = await house.insert(id);
  await cardIsSeen();
}

interface Told {
  readonly status: number;
  readonly cards: readonly CardFacts[];
  readonly output: string;
}

async function look(...words: string[]): Promise<Told> {
  const { status, output } = await wardkey(["card", "--json", ...words]);
  return { status, output, ...(JSON.parse(output) as { cards: CardFacts[] }) };
}

const digitsOf: Readonly<Record<DemonstrationCard["kind"], readonly [number, number] | undefined>> = {
  piv: [6, 8],
  cps3: [4, 4],
  "cps3-contactless": undefined,
  cps4: [4, 4],
  hba: [6, 8],
  cns: [5, 8],
  pkcs15: [5, 8],
};

const validities: Readonly<Record<string, string>> = { expired: "expired", expiring: "expiring" };

describe.each(demonstrationCards)("$id", described => {
  test("shows everything that is public, and spends no try", async () => {
    await insert(described.id);
    const keys = house.keysOf(described.id);
    const { status, cards, output } = await look();
    const [facts] = cards;
    if (facts === undefined) throw new Error(output);
    const byAntenna = described.kind === "cps3-contactless";
    expect(facts).toMatchObject({
      reader,
      atr: toHex(makeCard(described, keys).atr),
      family: described.kind,
      interface: byAntenna ? "contactless" : "contact",
      holder: {
        rules: "health-professional-fr",
        givenName: described.givenName,
        familyName: described.familyName,
        subjectNameId: described.nationalId,
        professionCode: described.professionCode,
        isTest: true,
      },
      problems: [],
    });
    const hasNumber = described.variant?.isOld !== true;
    expect(facts.cardId?.startsWith(`${described.kind}:`)).toBe(hasNumber ? true : undefined);
    const digits = digitsOf[described.kind];
    expect([facts.pin?.triesLeft, facts.pin?.minimumLength, facts.pin?.maximumLength]).toEqual(
      digits === undefined ? [undefined, undefined, undefined] : [3, ...digits],
    );
    const signing = facts.certificates.find(({ use }) => use === "sign-in");
    expect(signing?.content?.validity).toBe(byAntenna ? undefined : (validities[described.id] ?? "good"));
    expect(signing?.content?.usage).toEqual(
      byAntenna ? undefined : ["digitalSignature", "clientAuth", "smartcardLogon"],
    );
    const showing = facts.certificates.find(({ use }) => use === "presence");
    expect(showing !== undefined).toBe(described.kind === "piv" || byAntenna);
    expect(facts.steps.map(({ step }) => step)).toEqual([
      "select",
      "card-id",
      "sign-in-certificate",
      "presence-certificate",
      "certificates",
      "pin-state",
    ]);
    expect(facts.commands).toBe((await (card as WardCard).status()).commands);
    expect(status).toBe(0);
    // A chip without a PIN has no tries.
    expect((await (card as WardCard).status()).triesLeft).toBe(byAntenna ? 0 : 3);
  });
});

test("a blocked card says so, with the remedy, and it is no success", async () => {
  await insert("nurse");
  await (card as WardCard).block();
  const { status, cards } = await look();
  expect(cards[0]).toMatchObject({
    pin: { triesLeft: 0, canUnblock: true },
    problems: [{ code: "pin-blocked", remedy: expect.stringContaining("unblocking code") }],
  });
  expect(status).toBe(1);
  const page = await wardkey(["card"]);
  expect(page.output).toContain("blocked, 6 to 8 digits");
  expect(page.output).toContain("(signs in)");
});

test("a reader that is named is the only one looked at", async () => {
  await insert("nurse");
  expect((await look("--reader", reader)).cards).toHaveLength(1);
  expect(await look("--reader", "Virtual PCD 00 01")).toMatchObject({ status: 1, cards: [] });
});

test("no card is no success, and said", async () => {
  expect(await look()).toMatchObject({ status: 1, cards: [] });
  expect((await wardkey(["card"])).output).toBe("no card in any reader\n");
});
