import { verify, X509Certificate } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WardCard } from "../../demo/ward/ward-card.ts";
import { CardHouse, describedCard } from "../integration/support/card-house.ts";
import { readerPorts } from "../integration/support/pcscd.ts";
import { filesAreNobodys, openscModule, withModules } from "../integration/support/pkcs11-modules.ts";
import type { ToldReaders } from "../integration/support/told-readers.ts";

// What the agent may rely on of a card, whoever speaks with it: our own driver, or a maker's module.

const input = new TextEncoder().encode("what is to be signed");
const digits = (text: string) => new TextEncoder().encode(text);
const { pin: right } = describedCard("physician");
/** A module tells of tries by flags alone, and OpenSC's only of the last one: what is not told is not promised. */
const ways = {
  "our own driver": { settings: () => withModules(), tries: { untouched: 3, afterOne: 2 } },
  "OpenSC's module": {
    settings: () => withModules({ path: openscModule(), name: "opensc", readers: ["Virtual PCD"] }),
    tries: { untouched: 2, afterOne: undefined },
  },
};

let house: CardHouse;
let card: WardCard;
let readers: ToldReaders;

beforeAll(() => {
  house = new CardHouse();
});

afterAll(() => house.removeFiles());

/** Our own driver alone where root's files are nobody's. */
const tried = Object.entries(ways).filter(([way]) => way === "our own driver" || !filesAreNobodys);

describe.each(tried)("a card by %s", (_, { settings, tries }) => {
  beforeEach(async () => {
    await house.startPcscd();
    card = await house.insert("physician");
    readers = house.openReaders(settings());
  });

  afterEach(() => house.clear());

  test("signs what it is given, with the key of the certificate that it shows", async () => {
    const insertion = await readers.insertion();
    const { certificate, cardId, algorithm } = await readers.client.identify(insertion);
    expect({ algorithm, hasId: cardId !== undefined }).toEqual({ algorithm: "RS256", hasId: true });
    const pin = digits(right);
    const signature = await readers.client.signWithPin(insertion, pin, input);
    const { publicKey } = new X509Certificate(certificate);
    expect(verify("sha256", input, publicKey, signature)).toBe(true);
    expect(verify("sha256", digits("another"), publicKey, signature)).toBe(false);
    expect(pin.every(byte => byte === 0)).toBe(true);
  });

  test("signs without PIN by its presence key alone", async () => {
    const insertion = await readers.insertion();
    const { certificate } = await readers.client.identify(insertion);
    const presence = await readers.client.presence(insertion);
    const signature = await readers.client.signPresence(insertion, input);
    const by = (key: Uint8Array) =>
      verify("sha256", input, { key: new X509Certificate(key).publicKey, dsaEncoding: "ieee-p1363" }, signature);
    expect(by(presence?.certificate ?? new Uint8Array())).toBe(true);
    expect(by(certificate)).toBe(false);
  });

  test("a wrong PIN costs one try, the third blocks, and then the right one is refused", async () => {
    const insertion = await readers.insertion();
    await readers.client.identify(insertion);
    const refusals = [];
    for (const pin of ["000000", "000000", "000000", right])
      refusals.push(
        await readers.client.signWithPin(insertion, digits(pin), input).then(
          () => "signed",
          ({ code, triesLeft }) => ({ code, triesLeft }),
        ),
      );
    expect(refusals.map(refusal => (typeof refusal === "string" ? refusal : refusal.code))).toEqual([
      "pin-wrong",
      "pin-wrong",
      "pin-blocked",
      "pin-blocked",
    ]);
    expect(refusals[0]).toMatchObject({ triesLeft: tries.afterOne });
    expect(refusals[1]).toMatchObject({ triesLeft: 1 });
    expect(await readers.client.pinState(insertion)).toMatchObject({ triesLeft: 0 });
    expect((await card.status()).triesLeft).toBe(0);
  });

  test("a PIN that cannot be one costs no try", async () => {
    const insertion = await readers.insertion();
    await readers.client.identify(insertion);
    const short = readers.client.signWithPin(insertion, digits("12"), input);
    await expect(short).rejects.toMatchObject({ code: "pin-malformed" });
    expect(await readers.client.pinState(insertion)).toMatchObject({ triesLeft: tries.untouched });
    expect((await card.status()).triesLeft).toBe(3);
  });

  test("a new PIN by the old one: the new one signs, the old one does not", async () => {
    const insertion = await readers.insertion();
    await readers.client.identify(insertion);
    const secrets = [digits(right), digits("161803")] as const;
    await readers.client.renewPin(insertion, "change", ...secrets);
    expect(secrets.flatMap(secret => [...secret]).every(byte => byte === 0)).toBe(true);
    const old = readers.client.signWithPin(insertion, digits(right), input);
    await expect(old).rejects.toMatchObject({ code: "pin-wrong" });
    expect(await readers.client.signWithPin(insertion, digits("161803"), input)).toHaveLength(256);
  });

  test.each(["verify", "sign"] as const)("pulled at %s: told removed; put back, it signs", async moment => {
    const insertion = await readers.insertion();
    await readers.client.identify(insertion);
    await card.pullAt(moment);
    const pulled = readers.client.signWithPin(insertion, digits(right), input);
    await expect(pulled).rejects.toMatchObject({ code: "card-removed" });
    await readers.removal(insertion);
    await card.insert(readerPorts[0]);
    const next = await readers.insertion();
    await readers.client.identify(next);
    expect(await readers.client.signWithPin(next, digits(right), input)).toHaveLength(256);
  });
});
