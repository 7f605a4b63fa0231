import { constants, createHash, createPublicKey, publicDecrypt, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../../core/bytes/hex.ts";
import { writeDataObject } from "../../../../../core/card/ber-tlv.ts";
import { pkcs1SignatureBlock, sha256DigestInfo } from "../../../../../core/card/pkcs1-padding.ts";
import { signBlock, signDigest } from "../../../../../native-bindings/simulator/card/card-key.ts";
import type { PivCard } from "../../../../../native-bindings/simulator/card/piv-card.ts";
import { cardKeys, makePivCard } from "../../../../fixtures/card-content.ts";

const send = (card: PivCard, command: string) => toHex(card.answer(fromHex(command) ?? new Uint8Array()));
const select = "00a4040009a0000003080000100000";
const pin = "0020008008333134313539ffff";
const wrong = "0020008008303030303030ffff";
const digest = createHash("sha256").update("message").digest();

/** GENERAL AUTHENTICATE, extended. */
function authenticate(algorithm: string, key: string, input: Uint8Array): string {
  const data = toHex(writeDataObject(0x7c, writeDataObject(0x82), writeDataObject(0x81, input)));
  return `0087${algorithm}${key}00${(data.length / 2).toString(16).padStart(4, "0")}${data}0000`;
}
const signRsa = authenticate("07", "9a", pkcs1SignatureBlock(digest, 256));
const signEc = authenticate("11", "9e", digest);

describe("selecting", () => {
  test("by the whole identifier, with version, or by its beginning", () => {
    for (const aid of ["a00000030800001000", "a000000308000010000100", "a000000308"]) {
      const length = (aid.length / 2).toString(16).padStart(2, "0");
      expect(send(makePivCard(), `00a40400${length}${aid}00`)).toMatch(/^61.*9000$/);
    }
  });

  test.each(["00a4040009a0000003080000100100", "00a4040004a000000300", "00a4000c023f00", "00a4040007a000000151000000"])(
    "nothing else: %s",
    command => {
      expect(send(makePivCard(), command)).toBe("6a82");
    },
  );

  test("before it nothing works", () => {
    const card = makePivCard();
    expect(send(card, pin)).toBe("6d00");
    expect(send(card, "00cb3fff055c035fc10200")).toBe("6a82");
    expect(send(card, signEc)).toBe("6d00");
    expect(card.triesLeft).toBe(3);
  });
});

describe("the PIN", () => {
  test("opens the authentication key until reset or SELECT", () => {
    const card = makePivCard();
    send(card, select);
    expect(send(card, signRsa)).toBe("6982");
    expect(send(card, pin)).toBe("9000");
    expect(send(card, "00200080")).toBe("9000");
    expect(send(card, signRsa)).toMatch(/9000$/);
    send(card, select);
    expect(send(card, signRsa)).toBe("6982");
    send(card, pin);
    card.reset();
    expect(send(card, signRsa)).toBe("6d00");
    send(card, select);
    expect(send(card, "00200080")).toBe("63c3");
    expect(send(card, signRsa)).toBe("6982");
  });

  test("wrong ones count down over resets, and a right one counts up", () => {
    const card = makePivCard();
    send(card, select);
    expect(send(card, wrong)).toBe("63c2");
    card.reset();
    send(card, select);
    expect(send(card, "00200080")).toBe("63c2");
    expect(send(card, pin)).toBe("9000");
    expect(card.triesLeft).toBe(3);
    expect([send(card, wrong), send(card, wrong), send(card, wrong)]).toEqual(["63c2", "63c1", "6983"]);
    expect(send(card, pin)).toBe("6983");
    expect(send(card, "00200080")).toBe("6983");
  });

  test("a wrong one takes the verified state away, and so does the command for it", () => {
    const card = makePivCard();
    send(card, select);
    send(card, pin);
    send(card, wrong);
    expect(send(card, signRsa)).toBe("6982");
    send(card, pin);
    expect(send(card, "0020ff80")).toBe("9000");
    expect(send(card, signRsa)).toBe("6982");
  });

  test("of another length or reference costs nothing", () => {
    const card = makePivCard();
    send(card, select);
    expect(send(card, "0020008006333134313539")).toBe("6a80");
    expect(send(card, "0020008108333134313539ffff")).toBe("6a88");
    expect(card.triesLeft).toBe(3);
  });

  test("is unblocked by the code, whose own tries count too", () => {
    const unblock = (code: string) => `002c008010${Buffer.from(code).toString("hex")}323731383238ffff`;
    const card = makePivCard();
    send(card, select);
    card.block();
    expect(send(card, unblock("00000000"))).toBe("63c2");
    expect(send(card, unblock("73519264"))).toBe("9000");
    expect(send(card, "0020008008323731383238ffff")).toBe("9000");
    for (const answer of ["63c2", "63c1", "63c0", "6983"]) expect(send(card, unblock("00000000"))).toBe(answer);
    expect(send(card, unblock("73519264"))).toBe("6983");
  });
});

describe("signing", () => {
  test("RSA signs the block as it is", () => {
    const block = pkcs1SignatureBlock(digest, 256);
    const made = signBlock(cardKeys.rsa, block);
    expect(verify("sha256", Buffer.from("message"), cardKeys.rsa, made)).toBe(true);
    const info = publicDecrypt({ key: createPublicKey(cardKeys.rsa), padding: constants.RSA_PKCS1_PADDING }, made);
    expect(toHex(info)).toBe(toHex(sha256DigestInfo(digest)));
  });

  test("EC signs the digest as it is, not its hash", () => {
    const made = signDigest(cardKeys.ec, digest);
    expect(verify("sha256", Buffer.from("message"), cardKeys.ec, made)).toBe(true);
    expect(verify("sha256", digest, cardKeys.ec, made)).toBe(false);
  });

  test.each([
    ["an algorithm that is not the key's", authenticate("11", "9a", digest), "6a80"],
    ["a digest for the RSA key", authenticate("07", "9a", digest), "6a80"],
    ["a key that is not there", authenticate("07", "9c", pkcs1SignatureBlock(digest, 256)), "6a88"],
    ["no template", "0087119e0201ff00", "6a80"],
  ])("%s is refused", (_, command, answer) => {
    const card = makePivCard();
    send(card, select);
    send(card, pin);
    expect(send(card, command)).toBe(answer);
  });

  test("the presence key needs no PIN", () => {
    const card = makePivCard();
    send(card, select);
    expect(send(card, signEc)).toMatch(/^7c.*9000$/);
  });
});

describe("commands and answers in pieces", () => {
  test("a chain is put together; another command throws away what waits", () => {
    const card = makePivCard();
    send(card, select);
    expect(send(card, "10cb3fff025c03")).toBe("9000");
    expect(send(card, "00cb3fff035fc10200")).toMatch(/^53.*9000$/);
    expect(send(card, "00cb3fff055c035fc10500")).toMatch(/6100$/);
    expect(send(card, "00c0000010")).toMatch(/^.{32}6100$/);
    expect(send(card, "00200080")).toBe("63c3");
    expect(send(card, "00c0000000")).toBe("6985");
  });

  test("an endless chain is refused", () => {
    const card = makePivCard();
    send(card, select);
    const link = `10cb3fffff${"00".repeat(255)}`;
    const answers = Array.from({ length: 17 }, () => send(card, link));
    expect(answers.slice(0, 16).every(answer => answer === "9000")).toBe(true);
    expect(answers.at(-1)).toBe("6700");
  });

  test("any garbage is answered by a status, and costs no try", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 2, maxLength: 40 }), { maxLength: 8 }), commands => {
        const card = makePivCard();
        for (const command of commands) expect(card.answer(command).length).toBeGreaterThanOrEqual(2);
        // Nothing was selected by accident: the identifier is nine bytes long.
        expect(card.triesLeft).toBe(3);
      }),
    );
  });
});
