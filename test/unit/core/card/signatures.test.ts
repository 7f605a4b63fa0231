import { constants, createHash, createPublicKey, generateKeyPairSync, publicDecrypt, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../core/bytes/hex.ts";
import { joseSignature } from "../../../../core/card/ecdsa-signature.ts";
import { pkcs1SignatureBlock, sha256DigestInfo } from "../../../../core/card/pkcs1-padding.ts";
import { Failure } from "../../../../core/errors/failure.ts";

const hex = (text: string) => fromHex(text) ?? new Uint8Array();

describe("ECDSA signatures", () => {
  test.each([
    ["P-256", 32],
    ["P-384", 48],
  ])("%s: the JOSE form is what node:crypto verifies", (namedCurve, size) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
    // Many, so that short and padded integers occur.
    for (let round = 0; round < 100; round += 1) {
      const data = Buffer.from(`message ${round}`);
      const jose = joseSignature(sign("sha256", data, privateKey), size);
      const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
      expect(verify("sha256", data, key, jose)).toBe(true);
      expect(verify("sha256", Buffer.from("else"), key, jose)).toBe(false);
    }
  });

  test("short integers are padded at the left", () => {
    expect(toHex(joseSignature(hex("3006 020105 02017f"), 4))).toBe("000000050000007f");
    expect(toHex(joseSignature(hex("3008 020200ff 02020080"), 4))).toBe("000000ff00000080");
  });

  test.each([
    ["empty", ""],
    ["another tag", "3106 020105 02017f"],
    ["a wrong outer length", "3007 020105 02017f"],
    ["trailing bytes", "3006 020105 02017f 00"],
    ["trailing bytes inside", "3007 020105 02017f 00"],
    ["one integer", "3003 020105"],
    ["three integers", "3009 020105 02017f 020101"],
    ["no integer", "3006 040105 02017f"],
    ["an empty integer", "3005 0200 02017f"],
    ["a negative integer", "3006 020185 02017f"],
    ["a needless zero", "3007 02020005 02017f"],
    ["an integer longer than the field", "300a 02050102030405 02017f"],
    ["an integer cut short", "3006 020505 02017f"],
    ["a long-form length", "308106 020105 02017f"],
  ])("%s is malformed", (_, text) => {
    expect(() => joseSignature(hex(text), 4)).toThrow(Failure);
  });

  test("garbage is refused by a failure, and by nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
        try {
          joseSignature(bytes, 32);
        } catch (error) {
          expect(error).toMatchObject({ code: "card-answer-malformed" });
        }
      }),
    );
  });
});

describe("PKCS#1 padding", () => {
  const digest = createHash("sha256").update("message").digest();

  test("the DigestInfo is the one OpenSSL signs", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signature = sign("sha256", Buffer.from("message"), privateKey);
    const info = publicDecrypt({ key: createPublicKey(privateKey), padding: constants.RSA_PKCS1_PADDING }, signature);
    expect(toHex(info)).toBe(toHex(sha256DigestInfo(digest)));
    const block = publicDecrypt({ key: createPublicKey(privateKey), padding: constants.RSA_NO_PADDING }, signature);
    expect(toHex(block)).toBe(toHex(pkcs1SignatureBlock(digest, 256)));
    expect(toHex(block)).not.toBe(toHex(pkcs1SignatureBlock(createHash("sha256").update("else").digest(), 256)));
  });

  test("a longer key has more filling", () => {
    const block = pkcs1SignatureBlock(digest, 384);
    expect(block.length).toBe(384);
    expect([...block.subarray(0, 3)]).toEqual([0, 1, 0xff]);
    expect(block[384 - 51 - 1]).toBe(0);
    expect(block.subarray(2, 384 - 52).every(byte => byte === 0xff)).toBe(true);
  });
});
