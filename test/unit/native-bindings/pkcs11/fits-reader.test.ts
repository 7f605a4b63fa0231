import { expect, test } from "vitest";
import { fitsReader, namesakesOf } from "../../../../native-bindings/pkcs11/fits-reader.ts";

const described = (name: string) => Buffer.from(name).subarray(0, 64).toString().padEnd(64, " ");
const long = "Gemalto PC Twin Reader (0123456789AB) [CCID Interface] (0123456789AB) 00 00";

test.each(["Virtual PCD 00 00", "Lecteur à puce 0", long])("a slot is the reader that it names: %s", name => {
  expect(fitsReader(described(name), name)).toBe(true);
  expect(fitsReader(name, name)).toBe(true);
});

test.each([
  ["Virtual PCD 00 01", "Virtual PCD 00 00"],
  ["Virtual PCD 00 0", "Virtual PCD 00 00"],
  ["", "Virtual PCD 00 00"],
  [long.slice(0, 60), long],
])("a slot “%s” is not reader “%s”", (name, reader) => {
  expect(fitsReader(described(name), reader)).toBe(false);
});

test("readers that differ only where a description ends are namesakes, others are not", () => {
  const other = long.replace(/00$/, "01");
  expect(namesakesOf(long, [long, other, "Virtual PCD 00 00"])).toEqual([other]);
  expect(namesakesOf("Virtual PCD 00 00", [long, "Virtual PCD 00 00", "Virtual PCD 00 01"])).toEqual([]);
});
