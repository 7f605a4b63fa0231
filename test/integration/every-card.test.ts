import { verify } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CardHouse, describedCard } from "./support/card-house.ts";
import { readerPorts } from "./support/pcscd.ts";
import { signInAndReturn } from "./support/sign-in-and-return.ts";

// Every kind of card that there is a driver for, on the real pcscd: signs in by PIN, comes back, and is left as it was found.

const message = new TextEncoder().encode("what the card signs");

let house: CardHouse;

beforeAll(() => {
  house = new CardHouse();
});

beforeEach(() => house.startPcscd());

afterEach(() => house.clear());

afterAll(() => house.removeFiles());

/**
 * What a first sign-in and a return cost, in APDUs. A return is by the key that needs no PIN where the card has one; otherwise
 * the PIN is asked for again. PIV keeps within 10 and 5, the German card within 10. The others cannot (decision 0031): a
 * certificate alone is five to seven READ BINARY of short length; and a return by PIN is, beside finding out which chip it is,
 * the tries left, the application selected again in the transaction that carries the PIN, VERIFY, MSE and the signature.
 */
const costs: Readonly<Record<string, { first: number; back: number; by: "presence" | "pin" }>> = {
  physician: { first: 9, back: 4, by: "presence" },
  nurse: { first: 9, back: 4, by: "presence" },
  "piv-384": { first: 9, back: 4, by: "presence" },
  "piv-3072": { first: 9, back: 4, by: "presence" },
  "piv-global-pin": { first: 9, back: 4, by: "presence" },
  "piv-old": { first: 9, back: 5, by: "presence" },
  cps3: { first: 24, back: 7, by: "pin" },
  cps4: { first: 25, back: 10, by: "pin" },
  hba: { first: 8, back: 6, by: "pin" },
  cns: { first: 23, back: 8, by: "pin" },
  pkcs15: { first: 21, back: 7, by: "pin" },
};

describe.each(Object.entries(costs))("%s", (id, cost) => {
  test("signs in, and comes back", async () => {
    const signs = (use: "authentication" | "presence", signature: Uint8Array) => {
      const { publicKey } = house.certificateOf(id, use);
      const hash = publicKey.asymmetricKeyDetails?.namedCurve === "secp384r1" ? "sha384" : "sha256";
      return verify(hash, message, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
    };
    const card = await house.makeCard(id);
    const done = await signInAndReturn(card, describedCard(id), house.openReaders(), readerPorts[0], message);
    expect(Buffer.from(done.identified.certificate).equals(house.certificateOf(id).raw)).toBe(true);
    expect(done).toMatchObject({ triesLeft: 3, sameCard: true, ...cost });
    expect(signs("authentication", done.signature)).toBe(true);
    expect(signs(cost.by === "pin" ? "authentication" : "presence", done.second)).toBe(true);
  });
});
