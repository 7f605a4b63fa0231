import { describe, expect, test } from "vitest";
import { factoryDemand, goodHouse, type TestHouse, verdictOf } from "../fixtures/certificate-factory.ts";
import { ownCases } from "../fixtures/own-cases.ts";
import { opensslVerify } from "./support/openssl-verify.ts";

/** What it refuses and we do not: without key identifiers it takes the first of several keys of a name; deltas need freshestCRL. */
const refusedByOpenssl = [
  "our leaf, our anchor: a bag of junk around the right one",
  "path length: a self-issued authority is not counted",
  "name constraints: a self-issued authority is exempt",
  "lists: a delta that takes a hold back",
  "lists: by a key for lists",
];
/** What we refuse and it does not; docs/trust.md says why of each that a standard leaves open. */
const acceptedByOpenssl = [
  "strict form: a byte behind the end",
  "strict form: an extension twice",
  "strict form: the serial number zero",
  "name constraints: a mask with holes",
  "name constraints: a wildcard that reaches what is excluded",
  "lists: a delta that revokes",
  "lists: by the issuer, though the certificate names another",
  "keys and algorithms: RSA of 1024 bits",
];

describe("beside the openssl command", () => {
  const withoutOcsp = ownCases().filter(
    ({ ocspResponses, demand }) => ocspResponses === undefined && demand === undefined,
  );
  const told = withoutOcsp.map(one => ({
    ...one,
    openssl: opensslVerify(one.house, one.leaf, "-purpose", "sslclient", "-policy", "2.5.29.32.0"),
  }));
  const label = ({ row, name }: { row: string; name: string }) => `${row}: ${name}`;

  test("what we accept it accepts, but for what it cannot", () => {
    const refused = told.filter(one => one.expected === "valid" && one.openssl !== "OK");
    expect(refused.map(label).toSorted()).toEqual(refusedByOpenssl.toSorted());
  });

  test("what it accepts we accept, but for what we refuse on purpose", () => {
    const accepted = told.filter(one => one.expected !== "valid" && one.openssl === "OK");
    expect(accepted.map(label).toSorted()).toEqual(acceptedByOpenssl.toSorted());
  });

  test("bytes changed in a leaf, an authority or a list are accepted by neither", () => {
    const { issuing, material } = goodHouse();
    const leaf = issuing.issue();
    expect([verdictOf(material, leaf), opensslVerify(material, leaf)]).toEqual(["valid", "OK"]);
    const [issuer = leaf] = material.intermediates;
    const list = material.crls[1] ?? leaf;
    const accepted: string[] = [];
    const look = (what: string, der: Uint8Array, at: number, house: TestHouse, its: Uint8Array) => {
      if (at >= der.length) return;
      if (verdictOrUnread(house, its) === "valid") accepted.push(`ours: ${what}, byte ${at}`);
      if (opensslVerify(house, its) === "OK") accepted.push(`openssl: ${what}, byte ${at}`);
    };
    for (let at = 5; at < 400; at += 23) {
      const changed = (der: Uint8Array) => der.map((byte, index) => (index === at ? byte ^ 0x10 : byte));
      look("leaf", leaf, at, material, changed(leaf));
      look("authority", issuer, at, { ...material, intermediates: [changed(issuer)] }, leaf);
      look("list", list, at, { ...material, crls: [material.crls[0] ?? list, changed(list)] }, leaf);
    }
    expect(accepted).toEqual([]);
  });
});

/** The factory reads a house at once and throws; others leave out what cannot be read. */
function verdictOrUnread(house: TestHouse, leaf: Uint8Array): string {
  try {
    return verdictOf(house, leaf, factoryDemand);
  } catch {
    return "unread";
  }
}
