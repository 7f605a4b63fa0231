import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CrlContent } from "../../core/x509/build-crl.ts";
import { extensions } from "../../core/x509/extensions.ts";
import { day, factoryNow, nameOf, signerOf, TestAuthority } from "../fixtures/certificate-factory.ts";
import { oddExtensions } from "../fixtures/odd-extensions.ts";
import { foundEntry, HostileLdap, searchDone } from "./support/hostile-ldap.ts";
import { Slapd } from "./support/slapd.ts";
import { TrustHouse } from "./support/trust-house.ts";

const hour = 3_600_000;
let house: TrustHouse;

beforeEach(async () => {
  house = await TrustHouse.start();
});
afterEach(() => house.close());

/** A list of the issuing authority that revokes these cards. */
function listRevoking(serials: readonly number[], change: Partial<CrlContent> = {}): Uint8Array {
  const revoked = serials.map(serial => ({ serial: Uint8Array.of(7, serial), at: factoryNow - hour }));
  return house.issuing.crl({ revoked, ...change });
}

const later = { thisUpdate: factoryNow - hour, extensions: [extensions.crlNumber(2)] };

describe("lists in the background", () => {
  test("let a card in, and out once it is revoked", async () => {
    await house.open();
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual(["current", "current"]);
    house.server.publish("/issuing.crl", listRevoking([1], later));
    await house.pass(day - hour);
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
      "certificate-revoked",
      "current",
    ]);
  });

  test("are asked for only where they have changed", async () => {
    await house.open();
    await house.pass(day - hour);
    expect(house.server.seen.toSorted()).toEqual(
      ["/issuing.crl 200", "/issuing.crl 304", "/root.crl 200", "/root.crl 304"].map(seen => `GET ${seen}`),
    );
    expect(house.stateOf("/issuing.crl")).toMatchObject({
      answeredAt: house.now,
      data: { entries: 0, isDelta: false },
    });
    expect(await house.judge(house.card(1))).toBe("current");
  });

  test("are known after a restart, while the authority cannot be reached", async () => {
    house.server.publish("/issuing.crl", listRevoking([1]));
    await house.open();
    house.server.answer("/root.crl", (_request, response) => response.writeHead(503).end());
    house.server.answer("/issuing.crl", (_request, response) => response.writeHead(503).end());
    await house.open();
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
      "certificate-revoked",
      "current",
    ]);
  });

  test("are asked for after a restart by what was said of them before", async () => {
    await house.open();
    await house.open();
    expect(house.server.seen).toHaveLength(2);
    await house.pass(day - hour);
    expect(house.server.seen.filter(seen => seen.endsWith("304"))).toHaveLength(2);
  });

  test("that were never had leave every card unknown, and say so", async () => {
    house.server.answer("/issuing.crl", (_request, response) => response.writeHead(503).end());
    await house.open();
    expect(await house.judge(house.card(1))).toBe("revocation-unknown");
    expect(house.healthOf("/issuing.crl")).toBe("none");
    expect(house.stateOf("/issuing.crl").trouble).toMatchObject({ code: "revocation-source-unreachable", failures: 1 });
  });

  test("of many entries are read by a thread", async () => {
    const serials = Array.from({ length: 6_000 }, (_, index) => Uint8Array.of(9, index >> 8, index & 0xff));
    const revoked = [...serials, Uint8Array.of(7, 1)].map(serial => ({ serial, at: factoryNow - hour }));
    const list = house.issuing.crl({ revoked });
    expect(list.length).toBeGreaterThan(128 * 1024);
    house.server.publish("/issuing.crl", list);
    await house.open();
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
      "certificate-revoked",
      "current",
    ]);
    house.server.publish(
      "/issuing.crl",
      Uint8Array.from(list, (byte, at) => (at === list.length - 3 ? byte ^ 1 : byte)),
    );
    await house.pass(day - hour);
    expect(house.stateOf("/issuing.crl").trouble?.code).toBe("revocation-data-unreadable");
    expect(await house.judge(house.card(1))).toBe("certificate-revoked");
  });

  test("may be PEM", async () => {
    const pem = (der: Uint8Array) =>
      Buffer.from(`-----BEGIN X509 CRL-----\n${Buffer.from(der).toString("base64")}\n-----END X509 CRL-----\n`);
    house.server.publish("/issuing.crl", pem(listRevoking([1])));
    await house.open();
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
      "certificate-revoked",
      "current",
    ]);
  });
});

describe("a source that answers with something else keeps what is known", () => {
  const stranger = new TestAuthority("STRANGER");
  const imitator = new TestAuthority("ISSUING");
  const unreadable = "revocation-data-unreadable";

  test.each<[string, () => Uint8Array, string | undefined]>([
    ["garbage", () => Buffer.from("<html>Service unavailable</html>"), unreadable],
    ["nothing", () => new Uint8Array(), unreadable],
    ["half a list", () => listRevoking([], later).subarray(0, 90), unreadable],
    ["a stranger's list", () => stranger.crl(later), unreadable],
    ["a list in the authority's name that it did not sign", () => imitator.crl(later), unreadable],
    [
      "a touched list",
      () => Uint8Array.from(listRevoking([], later), (byte, at) => (at === 60 ? byte ^ 1 : byte)),
      unreadable,
    ],
    ["the list of the root instead", () => house.root.crl(later), unreadable],
    [
      "a delta instead",
      () => house.issuing.crl({ ...later, extensions: [...later.extensions, oddExtensions.deltaIndicator(1)] }),
      unreadable,
    ],
    [
      "a list for authorities alone instead",
      () => house.issuing.crl({ ...later, extensions: [...later.extensions, oddExtensions.issuingPoint({ only: 2 })] }),
      unreadable,
    ],
    [
      "a list of next year",
      () => listRevoking([], { thisUpdate: factoryNow + 365 * day, nextUpdate: factoryNow + 366 * day }),
      unreadable,
    ],
    [
      "an older list, in which nobody is revoked yet",
      () => listRevoking([], { thisUpdate: factoryNow - 2 * day }),
      undefined,
    ],
  ])("%s", async (_what, sent, trouble) => {
    house.server.publish("/issuing.crl", listRevoking([1]));
    await house.open();
    house.server.publish("/issuing.crl", sent());
    await house.pass(day - hour);
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
      "certificate-revoked",
      "current",
    ]);
    expect(house.stateOf("/issuing.crl").trouble?.code).toBe(trouble);
    expect(house.healthOf("/issuing.crl")).toBe(trouble === undefined ? "good" : "late");
    house.server.publish("/issuing.crl", listRevoking([2], later));
    await house.pass(hour);
    expect(await house.judge(house.card(2))).toBe("certificate-revoked");
    expect(house.healthOf("/issuing.crl")).toBe("good");
  });

  test("an alarm in the trail when it begins, and when it ends", async () => {
    await house.open();
    house.server.publish("/issuing.crl", Buffer.from("garbage"));
    await house.pass(day - hour);
    await house.pass(hour / 2);
    house.server.publish("/issuing.crl", listRevoking([], later));
    await house.pass(hour / 2);
    await house.trust.close();
    expect((await house.trail()).map(({ act, code }) => [act, code])).toEqual([
      ["revocation-source-failed", unreadable],
      ["revocation-source-recovered", undefined],
    ]);
  });

  test("being unreachable is an alarm the third time", async () => {
    await house.open();
    house.server.answer("/issuing.crl", (_request, response) => response.writeHead(500).end());
    for (const milliseconds of [day - hour, 2 * 60_000]) await house.pass(milliseconds);
    expect(house.stateOf("/issuing.crl").trouble?.failures).toBe(2);
    await house.pass(5 * 60_000);
    await house.trust.close();
    expect((await house.trail()).map(({ act, code }) => [act, code])).toEqual([
      ["revocation-source-failed", "revocation-source-unreachable"],
    ]);
  });
});

describe("a delta", () => {
  const delta = (serials: readonly number[], base: number, number: number) =>
    listRevoking(serials, {
      thisUpdate: factoryNow - hour,
      extensions: [extensions.crlNumber(number), oddExtensions.deltaIndicator(base)],
    });
  const sources = (...paths: string[]) => ({ sources: paths.map(path => house.server.address(path)) });

  test("beside its base revokes what the base does not know yet", async () => {
    house.server.publish("/delta.crl", delta([1], 1, 2));
    await house.open(house.configuration(sources("/root.crl", "/issuing.crl", "/delta.crl")));
    expect(house.stateOf("/delta.crl").data).toMatchObject({ isDelta: true, entries: 1 });
    expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
      "certificate-revoked",
      "current",
    ]);
  });

  test("of a base that is not there, or alone, says nothing", async () => {
    house.server.publish("/delta.crl", delta([1], 5, 6));
    await house.open(house.configuration(sources("/root.crl", "/issuing.crl", "/delta.crl")));
    expect(await house.judge(house.card(1))).toBe("current");
    await house.open(house.configuration(sources("/root.crl", "/delta.crl")));
    expect(await house.judge(house.card(1))).toBe("revocation-unknown");
  });

  test("comes from a real directory by LDAP, every hour", async () => {
    const directory = await Slapd.start({ "deltaRevocationList;binary": delta([1], 1, 2) });
    try {
      const address = directory.address("deltaRevocationList;binary");
      const lists = ["/root.crl", "/issuing.crl"].map(path => house.server.address(path));
      await house.open(house.configuration({ sources: [...lists, address] }));
      expect([await house.judge(house.card(1)), await house.judge(house.card(2))]).toEqual([
        "certificate-revoked",
        "current",
      ]);
      const state = house.trust.states().find(one => one.address === address);
      expect(state?.nextFetchAt).toBeLessThanOrEqual(house.now + hour);
    } finally {
      await directory.stop();
    }
    await house.pass(hour);
    expect(await house.judge(house.card(1))).toBe("certificate-revoked");
  });
});

describe("a list had from a directory that later", () => {
  const lying = foundEntry(1, "c=FR", { "certificateRevocationList;binary": "x" });
  lying[lying.length - 2] = 0x7f;

  test.each<[string, Uint8Array | "end", string]>([
    ["sends what is no LDAP", Buffer.from("garbage"), "revocation-source-unreachable"],
    ["sends a message that reaches out of itself", lying, "revocation-source-unreachable"],
    ["announces a message of a gigabyte", Buffer.from([0x30, 0x84, 0x40, 0, 0, 0]), "revocation-data-unreadable"],
    [
      "sends another thing than a list",
      Buffer.concat([foundEntry(1, "c=FR", { "certificateRevocationList;binary": "x" }), searchDone(1)]),
      "revocation-data-unreadable",
    ],
    ["ends the connection", "end", "revocation-source-unreachable"],
  ])("%s stays as it was, and the trouble shows", async (_, later, code) => {
    const list = { "certificateRevocationList;binary": listRevoking([1]) };
    let answer: Uint8Array | "end" = Buffer.concat([foundEntry(1, "c=FR", list), searchDone(1)]);
    const directory = await HostileLdap.start(() => answer);
    try {
      const address = `${directory.address}/c=FR?certificateRevocationList;binary`;
      await house.open(house.configuration({ sources: [house.server.address("/root.crl"), address] }));
      const judged = async () => [await house.judge(house.card(1)), await house.judge(house.card(2))];
      const source = () => house.trust.states().find(one => one.address === address);
      expect(await judged()).toEqual(["certificate-revoked", "current"]);
      answer = later;
      await house.pass(day - hour);
      expect(source()).toMatchObject({ data: { entries: 1 }, trouble: { code, failures: 1 } });
      expect(await judged()).toEqual(["certificate-revoked", "current"]);
      await directory.quiet();
    } finally {
      await directory.stop();
    }
  });
});

describe("data past their nextUpdate", () => {
  const away = () => {
    for (const path of ["/root.crl", "/issuing.crl"])
      house.server.answer(path, (_request, response) => response.writeHead(503).end());
  };

  test.each([
    ["are denied by rule", { rule: "deny" }, ["current", "revocation-unknown", "revocation-unknown"]],
    [
      "count for the hours that the rule allows",
      { rule: "allow", hours: 5 },
      ["current", "aged", "revocation-unknown"],
    ],
  ] as const)("%s", async (_, whenOld, expected) => {
    await house.open(house.configuration({ ...house.configuration().revocation, whenOld }));
    away();
    const told: string[] = [];
    // An hour before nextUpdate, four hours after, six hours after.
    for (const hours of [23, 5, 2]) {
      await house.pass(hours * hour);
      told.push(await house.judge(house.card(1)));
    }
    expect(told).toEqual(expected);
    expect(house.healthOf("/issuing.crl")).toBe("aged");
  });

  test("still revoke, and give way to current ones", async () => {
    house.server.publish("/issuing.crl", listRevoking([1]));
    const { revocation } = house.configuration();
    await house.open(house.configuration({ ...revocation, whenOld: { rule: "allow", hours: 5 } }));
    away();
    await house.pass(25 * hour);
    expect(await house.judge(house.card(1))).toBe("certificate-revoked");
    for (const [path, authority] of [
      ["/root.crl", house.root],
      ["/issuing.crl", house.issuing],
    ] as const)
      house.server.publish(path, authority.crl({ thisUpdate: house.now - 1_000, nextUpdate: house.now + day }));
    await house.pass(hour);
    expect(await house.judge(house.card(1))).toBe("current");
  });
});

describe("addresses in certificates", () => {
  const learning = () =>
    house.configuration({ sources: [house.server.address("/root.crl")], sourcesOfCertificates: true });
  const naming = (path: string) => extensions.crlDistributionPoint(house.server.address(path));

  test("of our authorities are fetched at once, and remembered over a restart", async () => {
    house.server.publish("/named.crl", listRevoking([1]));
    await house.open(learning());
    expect([
      await house.judge(house.card(1, naming("/named.crl"))),
      await house.judge(house.card(2, naming("/named.crl"))),
    ]).toEqual(["certificate-revoked", "current"]);
    expect(house.stateOf("/named.crl").origin).toBe("certificate");
    await house.open(learning());
    expect(house.stateOf("/named.crl").data).toMatchObject({ entries: 1 });
  });

  test("of anybody else's are not, whatever name they carry, nor where the domain says so", async () => {
    house.server.publish("/named.crl", listRevoking([]));
    await house.open(learning());
    const impostor = new TestAuthority("ISSUING");
    const forged = house.issuing.leafContent({ subject: nameOf("1"), extensions: [naming("/named.crl")] });
    expect(await house.judge(impostor.issue(forged, signerOf(impostor.key)))).not.toBe("current");
    await house.open(house.configuration({ sources: [house.server.address("/root.crl")] }));
    expect(await house.judge(house.card(1, naming("/named.crl")))).toBe("revocation-unknown");
    expect(house.server.seen).toEqual(["GET /root.crl 200"]);
  });

  test("are at most fifty, however many cards name others", async () => {
    await house.open(learning());
    for (let number = 0; number < 60; number += 1) await house.judge(house.card(number, naming(`/${number}.crl`)));
    expect(house.trust.states().filter(({ origin }) => origin === "certificate")).toHaveLength(50);
  });
});

describe("what is kept on disk", () => {
  test.each<[string, (file: string) => void]>([
    ["cut off", file => truncateSync(file, readFileSync(file).length - 10)],
    ["cut off in its first line", file => truncateSync(file, 20)],
    ["empty", file => truncateSync(file, 0)],
    ["written over", file => writeFileSync(file, "nothing of ours")],
    [
      "touched in one byte",
      file =>
        writeFileSync(
          file,
          Uint8Array.from(readFileSync(file), (byte, at) => (at === 250 ? byte ^ 1 : byte)),
        ),
    ],
    [
      "of another source",
      file => writeFileSync(file, readFileSync(file, "latin1").replace(/\w+\.crl"/, `another.crl"`), "latin1"),
    ],
  ])("%s counts for nothing, and is fetched anew", async (_, damage) => {
    await house.open();
    for (const file of house.keptFiles()) damage(file);
    house.server.answer("/root.crl", (_request, response) => response.writeHead(503).end());
    await house.open();
    expect(await house.judge(house.card(1))).toBe("revocation-unknown");
    expect(house.server.seen.filter(seen => seen === "GET /issuing.crl 200")).toHaveLength(2);
    house.server.publish("/root.crl", house.root.crl());
    await house.pass(hour);
    expect(await house.judge(house.card(1))).toBe("current");
  });

  test("is not what another authority of the same name signed", async () => {
    await house.open();
    const [before] = house.keptFiles();
    expect(before).toBeDefined();
    const impostor = new TestAuthority("ROOT");
    writeFileSync(`${house.folder}/root.der`, impostor.certificate);
    await house.open();
    expect(house.healthOf("/root.crl")).toBe("none");
  });
});
