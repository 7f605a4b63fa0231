import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Attribute, Change } from "ldapts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { directoryConfiguration } from "../../broker/directory/directory-configuration.ts";
import { directoryDryRun } from "../../broker/directory/directory-dry-run.ts";
import { ldapSource } from "../../broker/directory/ldap/ldap-configuration.ts";
import { LdapSource } from "../../broker/directory/ldap/ldap-source.ts";
import type { Times } from "../../broker/directory/ldap/modification-times.ts";
import { Store } from "../../broker/store/store.ts";
import { DirectorySlapd, slapdManager, slapdPassword, slapdSuffix } from "./support/directory-slapd.ts";
import { boundAs, element, foundEntry, HostileLdap, pageDone, searchDone } from "./support/hostile-ldap.ts";
import { accountsIn, groupIn, lookAt, personIn } from "./support/look-at-source.ts";
import { serverCertificate } from "./support/server-certificate.ts";

const people = `ou=people,${slapdSuffix}`;
const groups = `ou=groups,${slapdSuffix}`;

function person(uid: string, holder: string, more: readonly string[] = []): string {
  const lines = [`dn: uid=${uid},${people}`, "objectClass: inetOrgPerson", `cn: ${uid} of the ward`, "sn: Ward"];
  return [...lines, `employeeNumber: ${holder}`, `mail: ${uid}@hopital.test`, ...more, "", ""].join("\n");
}

/** As if it had rested for long. */
function group(name: string, members: readonly string[]): string {
  const rested = "modifyTimestamp: 20260101000000Z";
  const lines = [`dn: cn=${name},${groups}`, "objectClass: groupOfNames", `cn: ${name}`, rested];
  return [...lines, ...members.map(member => `member: ${member}`), "", ""].join("\n");
}

const unit = (name: string) => `dn: ou=${name},${slapdSuffix}\nobjectClass: organizationalUnit\nou: ${name}\n\n`;

const content = [
  ...["people", "groups", "left"].map(unit),
  person("camille", "899700000001", ["displayName: Camille Aubert"]),
  person("marc", "899700000002", ["pwdAccountLockedTime: 000001010000Z"]),
  person("odd", "899700000003", ["departmentNumber: 1", "departmentNumber: 2"]),
  person("temporary", "899700000005", ["pwdEndTime: 20260630220000Z"]),
  group("cardiology", [`UID=Camille, ${people}`]),
  group("medicine", [`cn=cardiology,${groups}`, `uid=marc,${people}`]),
].join("");

let folder: string;
let passwordFile: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-ldap-"));
  passwordFile = join(folder, "password");
  writeFileSync(passwordFile, `${slapdPassword}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function configurationOf(servers: readonly string[], change: Readonly<Record<string, unknown>>) {
  return ldapSource.parse({
    id: "hospital",
    kind: "ldap",
    servers,
    bindName: slapdManager,
    bindPasswordFile: passwordFile,
    schema: "inet-org-person",
    people: { base: people },
    groups: { base: groups },
    ...change,
  });
}

function sourceOf(servers: readonly string[], change: Readonly<Record<string, unknown>> = {}, times?: Times) {
  return new LdapSource(configurationOf(servers, change), times);
}

function replace(slapd: DirectorySlapd, name: string, type: string, values: string[]): Promise<void> {
  const change = new Change({ operation: "replace", modification: new Attribute({ type, values }) });
  return slapd.managing(client => client.modify(name, [change]));
}

describe("a look at OpenLDAP", () => {
  let slapd: DirectorySlapd;
  beforeAll(async () => {
    slapd = await DirectorySlapd.start({ content });
  });
  afterAll(() => slapd.stop());

  test("brings persons and groups, and groups in groups", async () => {
    const all = await lookAt(sourceOf([slapd.address]));
    expect(all.extent).toBe("everything");
    expect(personIn(all, "camille")).toMatchObject({
      reference: `uid=camille,${people}`,
      holder: "899700000001",
      displayName: "Camille Aubert",
      mail: "camille@hopital.test",
      active: true,
    });
    expect(personIn(all, "marc")).toMatchObject({ displayName: "marc of the ward", active: false });
    expect(personIn(all, "temporary")).toMatchObject({ active: true, activeUntil: Date.UTC(2026, 5, 30, 22) });
    expect(accountsIn(all, "cardiology")).toEqual(["camille"]);
    expect(accountsIn(all, "medicine")).toEqual(["camille", "marc"]);
  });

  test("reads the attributes that the configuration names, and shows an entry of two identifiers as unreadable", async () => {
    const attributes = { holder: "departmentNumber", account: "sn" };
    const disabledWhen = [{ attribute: "mail", value: "CAMILLE@hopital.test" }];
    const source = sourceOf([slapd.address], { people: { base: people, attributes, disabledWhen } });
    const { entries } = await lookAt(source);
    expect(entries.filter(entry => entry.kind === "person" && !entry.active)).toMatchObject([
      { displayName: "Camille Aubert" },
    ]);
    expect(entries.filter(entry => entry.kind === "unreadable")).toMatchObject([
      { detail: `uid=odd,${people}: departmentNumber has several values` },
    ]);
  });

  test("brings changes: who is disabled, who is renamed with the groups that name him, who was moved away", async () => {
    const source = sourceOf([slapd.address]);
    const all = await lookAt(source);
    await replace(slapd, `uid=camille,${people}`, "pwdAccountLockedTime", ["000001010000Z"]);
    const locked = await lookAt(source, all.watermark);
    expect(locked.extent).toBe("changes");
    expect(personIn(locked, "camille")).toMatchObject({ active: false });
    expect(groupIn(locked, "medicine")).toBeDefined();

    await slapd.managing(client => client.modifyDN(`uid=camille,${people}`, "uid=camille.martin"));
    // The server changes the group then, and does not say so in its modifyTimestamp.
    const renamed = await lookAt(source, locked.watermark);
    expect(personIn(renamed, "camille.martin")?.key).toBe(personIn(all, "camille")?.key);
    expect(groupIn(renamed, "cardiology")?.members).toEqual([`uid=camille.martin,${people}`]);

    await slapd.managing(client => client.modifyDN(`uid=odd,${people}`, `uid=odd,ou=left,${slapdSuffix}`));
    const moved = await lookAt(source, renamed.watermark);
    expect(moved.entries).toContainEqual({ kind: "gone", key: personIn(all, "odd")?.key });
    expect(personIn(moved, "odd")).toBeUndefined();
  });

  test("brings no entry again that has rested for more than a minute", async () => {
    let elapsed = 0;
    const times = { now: () => Date.now(), elapsed: () => elapsed };
    const source = sourceOf([slapd.address], {}, times);
    const all = await lookAt(source);
    elapsed += 120_000;
    const rested = await lookAt(source, all.watermark);
    const [next] = rested.watermark?.split(" ") ?? [];
    const [before] = all.watermark?.split(" ") ?? [];
    expect(Number(next)).toBeGreaterThanOrEqual(Number(before) + 120_000);
    expect((await lookAt(source, rested.watermark)).entries).toEqual([]);
  });

  test("brings every page", async () => {
    const many = Array.from({ length: 1_203 }, (_, index) => person(`p${index}`, `8997${index}`)).join("");
    const large = await DirectorySlapd.start({ content: unit("people") + unit("groups") + many });
    try {
      const { entries } = await lookAt(sourceOf([large.address]));
      expect(new Set(entries.map(entry => entry.kind !== "group" && entry.key)).size).toBe(1_203);
    } finally {
      await large.stop();
    }
  });

  test("is taken by TLS and StartTLS, with its own authorities", async () => {
    const authorities = slapd.tls.certificate;
    for (const change of [
      { servers: [slapd.secureAddress], authorities },
      { servers: [slapd.address], authorities, startTls: true },
    ])
      expect((await lookAt(sourceOf([], change))).extent).toBe("everything");
  });

  test("is refused where the certificate is another authority's or another name's", async () => {
    const { certificate } = serverCertificate(folder, ["DNS:localhost"], "other");

    const elsewhere = await DirectorySlapd.start({ content: unit("people"), names: ["DNS:directory.hopital.test"] });
    try {
      for (const [change, words] of [
        [{ servers: [slapd.secureAddress], authorities: certificate }, "self-signed certificate"],
        [{ servers: [slapd.address], authorities: certificate, startTls: true }, "self-signed certificate"],
        [{ servers: [elsewhere.secureAddress], authorities: elsewhere.tls.certificate }, "does not match"],
        [{ servers: [elsewhere.address], authorities: elsewhere.tls.certificate, startTls: true }, "does not match"],
      ] as const)
        await expect(lookAt(sourceOf([], change))).rejects.toMatchObject({
          code: "directory-source-unreachable",
          detail: expect.stringContaining(words),
        });
    } finally {
      await elsewhere.stop();
    }
  });

  test.each([
    ["a base that does not exist", { people: { base: `ou=nowhere,${slapdSuffix}` } }, "(noSuchObject)"],
    ["a name that is none", { people: { base: "nowhere" } }, "(invalidDNSyntax)"],
    ["an account that does not exist", { bindName: `cn=nobody,${slapdSuffix}` }, "(invalidCredentials)"],
  ])("says what is refused: %s", async (_, change, words) => {
    await expect(lookAt(sourceOf([slapd.address], change))).rejects.toMatchObject({
      code: "directory-request-refused",
      detail: expect.stringContaining(words),
    });
  });

  test("tries a refused password at no second server, and shows it nowhere", async () => {
    const wrong = join(folder, "wrong");
    writeFileSync(wrong, "a-wrong-password");
    const asked: number[] = [];
    const second = await HostileLdap.start(message => {
      asked.push(message);
      return "end";
    });
    try {
      const failure = lookAt(sourceOf([slapd.address, second.address], { bindPasswordFile: wrong }));
      const problem: unknown = await failure.catch(thrown => thrown);
      expect(problem).toMatchObject({ detail: expect.stringContaining("(invalidCredentials)") });
      expect(JSON.stringify(problem, Object.getOwnPropertyNames(problem))).not.toContain("a-wrong-password");
      expect(asked).toEqual([]);
    } finally {
      await second.stop();
    }
  });

  test.each([
    ["is not there", "nowhere", "ENOENT"],
    ["is empty", "empty", "its first line is empty"],
  ])("says that the password's file %s", async (_, name, words) => {
    writeFileSync(join(folder, "empty"), "\n");
    const source = sourceOf([slapd.address], { bindPasswordFile: join(folder, name) });
    await expect(lookAt(source)).rejects.toMatchObject({ detail: expect.stringContaining(words) });
  });

  test("says that the server gives only so many entries", async () => {
    const reader = `cn=reader,${slapdSuffix}`;
    const account = `dn: ${reader}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: ${slapdPassword}\n\n`;
    const settings = ["sizelimit size.hard=2 size.soft=2 size.prtotal=2"];
    const narrow = await DirectorySlapd.start({ content: account + content, settings });
    try {
      await expect(lookAt(sourceOf([narrow.address], { bindName: reader }))).rejects.toMatchObject({
        code: "directory-request-refused",
        detail: expect.stringContaining("(sizeLimitExceeded)"),
      });
    } finally {
      await narrow.stop();
    }
  });
});

describe("a dry run", () => {
  let slapd: DirectorySlapd;
  let store: Store;
  beforeAll(async () => {
    slapd = await DirectorySlapd.start({ content });
    store = await Store.open(":memory:");
  });
  afterAll(async () => {
    await store.close();
    await slapd.stop();
  });

  async function dryRun(change: Readonly<Record<string, unknown>>) {
    const directory = directoryConfiguration.parse({ sources: [configurationOf([slapd.address], change)] });
    const { sources } = await directoryDryRun(store, directory, Date.now(), async () => undefined);
    return sources;
  }

  test("tells what would come, and what cannot be read", async () => {
    const attributes = { holder: "departmentNumber" };
    expect(await dryRun({ people: { base: people, attributes } })).toMatchObject([
      {
        outcome: "taken",
        change: { added: 5 },
        unreadable: [{ detail: `uid=odd,${people}: departmentNumber has several values` }],
      },
    ]);
  });

  test("tells why nothing would", async () => {
    expect(await dryRun({ bindPasswordFile: join(folder, "nowhere") })).toMatchObject([
      { outcome: "refused", code: "directory-source-unreachable", detail: expect.stringContaining("ENOENT") },
    ]);
    expect(await dryRun({ people: { base: `ou=nowhere,${slapdSuffix}` } })).toMatchObject([
      { outcome: "refused", code: "directory-request-refused", detail: expect.stringContaining("(noSuchObject)") },
    ]);
  });
});

describe("several servers", () => {
  let first: DirectorySlapd;
  let second: DirectorySlapd;
  let elapsed: number;
  const times: Times = { now: () => Date.now(), elapsed: () => elapsed };
  const serverOf = (watermark: string | undefined) => watermark?.split(" ")[1];
  beforeAll(async () => {
    first = await DirectorySlapd.start({ content });
    second = await DirectorySlapd.start({ content });
    elapsed = 0;
  });
  afterAll(async () => {
    await first.stop();
    await second.stop();
  });

  test("serve one after another, everything being read at each change, and the first again later", async () => {
    const source = sourceOf([first.address, second.address], {}, times);
    const before = await lookAt(source);
    expect(serverOf(before.watermark)).toBe(first.address);

    await first.pause();
    const during = await lookAt(source, before.watermark);
    expect(during.extent).toBe("everything");
    expect(serverOf(during.watermark)).toBe(second.address);

    await first.resume();
    const still = await lookAt(source, during.watermark);
    expect([still.extent, serverOf(still.watermark)]).toEqual(["changes", second.address]);
    elapsed += 11 * 60_000;
    const after = await lookAt(source, still.watermark);
    expect([after.extent, serverOf(after.watermark)]).toEqual(["everything", first.address]);
  });

  test("none of which answers are each named", async () => {
    const source = sourceOf([first.address, second.address], {}, times);
    await first.pause();
    await second.pause();
    const problem: unknown = await lookAt(source).catch(thrown => thrown);
    expect(problem).toMatchObject({ code: "directory-source-unreachable" });
    for (const slapd of [first, second])
      expect(problem).toMatchObject({ detail: expect.stringContaining(slapd.address) });
    await first.resume();
    await second.resume();
  });
});

describe("a broken server", () => {
  const unreachable = "directory-source-unreachable";
  const unreadable = "directory-data-unreadable";
  const camille = foundEntry(2, `uid=camille,${people}`, { entryUUID: "1", cn: "Camille", modifyTimestamp: "2026" });
  /** Signs in whoever asks, and then does this. */
  const bound = (then: Uint8Array | "end" | undefined) => (message: number) => (message === 1 ? boundAs(1) : then);
  const lying = foundEntry(2, "uid=x", { cn: "x" });
  lying[lying.length - 2] = 0x7f;

  test.each([
    ["answers nothing", () => undefined, unreachable, "no answer within"],
    ["answers nothing after signing in", bound(undefined), unreachable, "no answer within"],
    ["ends the connection", () => "end" as const, unreachable, "ended the connection"],
    ["ends it in the middle of a page", bound("end"), unreachable, "ended the connection"],
    ["sends what is no LDAP", () => Buffer.from("HTTP/1.1 400 Bad Request\r\n"), unreadable, "no LDAP message"],
    ["sends half an entry", bound(camille.subarray(0, 20)), unreachable, "no answer within"],
    ["sends a message that reaches out of itself", bound(lying), unreadable, "reaches out of"],
    ["sends a message of a gigabyte", bound(Buffer.from([0x30, 0x84, 0x40, 0, 0, 0])), unreadable, "bytes"],
    ["sends an answer of another kind", bound(boundAs(2)), unreadable, "another kind of answer"],
    ["refers to another", bound(searchDone(2, 10)), "directory-request-refused", "(referral)"],
    ["is too busy", () => boundAs(1, 51, "come\u0000 back"), "directory-request-refused", "(busy): come back"],
    [
      "says goodbye",
      () =>
        element(
          0x30,
          element(0x02, Buffer.from([0])),
          element(0x78, element(0x0a, Buffer.from([52])), element(4), element(4)),
        ),
      unreachable,
      "(unavailable)",
    ],
    [
      "shows no entryUUID",
      bound(Buffer.concat([foundEntry(2, "uid=x", { cn: "x" }), searchDone(2)])),
      unreadable,
      "no entryUUID",
    ],
  ])("that %s is told from others, and left", async (_, answer, code, words) => {
    const server = await HostileLdap.start(answer);
    try {
      const failure = lookAt(sourceOf([server.address], { answerSeconds: 0.3 }));
      await expect(failure).rejects.toMatchObject({ code, detail: expect.stringContaining(words) });
      await expect(failure).rejects.toMatchObject({ detail: expect.stringContaining(server.address) });
      await server.quiet();
    } finally {
      await server.stop();
    }
  });

  test("that sends an empty page which is not the last is read to the end", async () => {
    const server = await HostileLdap.start(message => {
      if (message === 1) return boundAs(1);
      if (message === 2) return pageDone(2, "more");
      if (message === 3)
        return Buffer.concat([
          foundEntry(3, `uid=camille,${people}`, { entryUUID: "1", cn: "Camille" }),
          pageDone(3, ""),
        ]);
      return searchDone(message);
    });
    try {
      const { entries, watermark } = await lookAt(sourceOf([server.address], { groups: undefined }));
      expect(entries).toMatchObject([{ displayName: "Camille" }]);
      expect(watermark).toBeUndefined();
    } finally {
      await server.stop();
    }
  });

  test("is left when nobody wants its answer any more", async () => {
    const server = await HostileLdap.start(bound(undefined));
    try {
      const stopping = new AbortController();
      const reading = await sourceOf([server.address]).read(undefined, stopping.signal);
      if (!("entries" in reading)) throw new Error("nothing was asked");
      const next = reading.entries[Symbol.asyncIterator]().next();
      stopping.abort();
      await expect(next).rejects.toMatchObject({ code: unreachable, detail: expect.stringContaining("not wanted") });
      await server.quiet();
    } finally {
      await server.stop();
    }
  });
});
