import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBody } from "../../../../broker/scim/read-body.ts";

const nested = (depth: number) => `${'{"a":['.repeat(depth / 2)}${"]}".repeat(depth / 2)}`;

describe("a body", () => {
  test("is what JSON makes of it, however much looks like nesting inside of texts", () => {
    const plain = fc.dictionary(
      fc.constantFrom("userName", "name", "a"),
      fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string())),
    );
    fc.assert(fc.property(plain, value => void expect(readBody(JSON.stringify(value))).toEqual({ ...value })));
    const open = { a: `\\"${"[{".repeat(100)}` };
    expect(readBody(JSON.stringify(open))).toEqual(open);
    expect(readBody(" \n")).toBeUndefined();
  });

  test("is nested 32 deep at most", () => {
    expect(JSON.stringify(readBody(nested(32)))).toBe(nested(32));
    expect(() => readBody(nested(34))).toThrow(expect.objectContaining({ scimType: "invalidSyntax" }));
  });

  test.each(['{"a":{"__proto__":1}}', '[{"constructor":1}]', '{"\\u0070rototype":1}', "{", "{}}", "'a'"])(
    "is not %s",
    text => {
      expect(() => readBody(text)).toThrow(expect.objectContaining({ status: 400, scimType: "invalidSyntax" }));
    },
  );
});
