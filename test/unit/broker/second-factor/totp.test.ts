import { describe, expect, test } from "vitest";
import { totpCode, totpStepAt, totpStepOf } from "../../../../broker/second-factor/totp.ts";
import { totpAddress } from "../../../../broker/second-factor/totp-address.ts";

const secret = Buffer.from("12345678901234567890");
const bytes = (code: string) => Buffer.from(code);

describe("codes that change with the time", () => {
  // RFC 6238, appendix B, the rows of SHA-1.
  test.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at %i s is %s", (seconds, code) => {
    expect(totpCode(secret, totpStepAt(seconds * 1000), 8)).toBe(code);
    expect(totpCode(secret, totpStepAt(seconds * 1000))).toBe(code.slice(2));
  });

  // RFC 4226, appendix D.
  const counted = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split(" ");
  test.each(counted.map((code, counter) => [counter, code] as const))("the counter %i is %s", (counter, code) =>
    expect(totpCode(secret, counter)).toBe(code),
  );

  test("count one step before and after the present one, and no further", () => {
    const at = 1_700_000_000_000;
    const step = totpStepAt(at);
    for (const offset of [-1, 0, 1])
      expect(totpStepOf(secret, bytes(totpCode(secret, step + offset)), at)).toBe(step + offset);
    for (const offset of [-2, 2])
      expect(totpStepOf(secret, bytes(totpCode(secret, step + offset)), at)).toBeUndefined();
  });

  test("of another secret, another length, or no digits are none", () => {
    const at = 1_700_000_000_000;
    const code = totpCode(secret, totpStepAt(at));
    expect(totpStepOf(Buffer.from("another secret of 20"), bytes(code), at)).toBeUndefined();
    for (const wrong of ["", code.slice(1), `${code}0`, "abcdef"])
      expect(totpStepOf(secret, bytes(wrong), at)).toBeUndefined();
  });
});

test("the address has every sign that would end it written as a number", () => {
  const address = new URL(totpAddress(secret, "Wardkey", "Inès & Co/ward?"));
  expect(address.pathname).toBe("/Wardkey:In%C3%A8s%20%26%20Co%2Fward%3F");
  expect(Object.fromEntries(address.searchParams)).toEqual({
    secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    issuer: "Wardkey",
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
