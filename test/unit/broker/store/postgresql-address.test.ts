import { expect, test } from "vitest";
import { isLocal, readPostgresqlAddress } from "../../../../broker/store/engine/postgresql-address.ts";
import { postgresqlClient, wholeNumber } from "../../../../broker/store/engine/postgresql-client.ts";

test.each([
  ["postgresql://ward@db.hospital.example/wardkey", "db.hospital.example", 5432, "ward", "wardkey", false],
  ["postgres://db.hospital.example:6432/wardkey", "db.hospital.example", 6432, undefined, "wardkey", false],
  ["postgresql:///wardkey?host=/run/postgresql&user=ward", "/run/postgresql", 5432, "ward", "wardkey", true],
  ["postgresql://w%40rd@%2Frun%2Fpostgresql:5433/wardkey", "/run/postgresql", 5433, "w@rd", "wardkey", true],
  ["postgresql://ward@[::1]/wardkey", "::1", 5432, "ward", "wardkey", true],
  ["postgresql://ward@127.0.0.2/wardkey", "127.0.0.2", 5432, "ward", "wardkey", true],
  ["postgresql://ward@127.0.0.1.example/wardkey", "127.0.0.1.example", 5432, "ward", "wardkey", false],
])("%s is read", (written, host, port, user, database, local) => {
  const read = readPostgresqlAddress(written);
  expect(read).toEqual({ host, port, user, database });
  expect(typeof read !== "string" && isLocal(read)).toBe(local);
});

test.each([
  ["/var/lib/wardkey/broker.sqlite", /no address/],
  ["postgresql://ward:secret@db/wardkey", /password belongs into a file/],
  ["postgresql://db/wardkey?user=ward&password=secret", /password belongs into a file/],
  ["postgresql://db/wardkey?sslmode=disable", /sslmode is not known/],
  ["postgresql:///wardkey", /names no host/],
  ["postgresql://db", /names no database/],
  ["postgresql://db/one/two", /names no database/],
])("%s is not", (written, why) => {
  expect(readPostgresqlAddress(written)).toMatch(why);
});

test("nothing leaves the machine without TLS that asks who the server is", () => {
  const of = (host: string) => postgresqlClient({ address: `postgresql://ward@${host}/wardkey` }).ssl;
  expect(of("db.hospital.example")).toEqual({ host: "db.hospital.example" });
  expect(of("10.0.0.7")).toEqual({ host: "10.0.0.7" });
  expect([of("127.0.0.1"), of("%2Frun%2Fpostgresql")]).toEqual([false, false]);
});

test("a whole number that no number can hold is refused", () => {
  expect(wholeNumber("-9007199254740991")).toBe(-9007199254740991);
  expect(() => wholeNumber("9007199254740993")).toThrow(RangeError);
});
