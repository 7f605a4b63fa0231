import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Attribute, Change, type Client } from "ldapts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activeDirectory } from "../../broker/directory/ldap/active-directory.ts";
import { type LdapSourceConfiguration, ldapSource } from "../../broker/directory/ldap/ldap-configuration.ts";
import { LdapEntry } from "../../broker/directory/ldap/ldap-entry.ts";
import { LdapPasswords } from "../../broker/directory/ldap/ldap-passwords.ts";
import { directoryBytes } from "../../broker/directory/ldap/ldap-servers.ts";
import { LdapSource } from "../../broker/directory/ldap/ldap-source.ts";
import { memberRequest, readMembers } from "../../broker/directory/ldap/read-members.ts";
import { anyEntry } from "../../broker/directory/ldap/search-filters.ts";
import { LdapConnection } from "../../broker/ldap/ldap-connection.ts";
import { accountsIn, groupIn, type Look, lookAt, personIn } from "./support/look-at-source.ts";
import { SambaDomain, sambaAdministrator, sambaBase, sambaPassword, whyNoSamba } from "./support/samba-domain.ts";

const reason = whyNoSamba();
if (reason !== undefined) console.warn(`Active Directory is not tried: ${reason}`);

const people = `OU=People,${sambaBase}`;
const normal = 0x200;
const disabled = 0x2;
const noPasswordNeeded = 0x20;
const june30 = Date.UTC(2026, 5, 30);

function addPerson(client: Client, account: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  return client.add(`CN=${account},${people}`, {
    objectClass: "user",
    sAMAccountName: account,
    userAccountControl: String(normal | noPasswordNeeded),
    ...more,
  });
}

function addGroup(client: Client, name: string, members: readonly string[]): Promise<void> {
  return client.add(`CN=${name},${people}`, { objectClass: "group", sAMAccountName: name, member: [...members] });
}

function replace(client: Client, name: string, type: string, values: string[]): Promise<void> {
  return client.modify(name, [new Change({ operation: "replace", modification: new Attribute({ type, values }) })]);
}

/** Windows' time: 100 ns since 1601. */
const fileTime = (ms: number) => String((BigInt(ms) + 11_644_473_600_000n) * 10_000n);

describe.skipIf(reason !== undefined)("a look at Active Directory", () => {
  let samba: SambaDomain;
  let source: LdapSource;
  let first: Look;
  let last: Look;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "wardkey-ldap-"));
    samba = await SambaDomain.start();
    writeFileSync(join(folder, "password"), `${sambaPassword}\n`);
    source = sourceOf({});
    await samba.managing(async client => {
      await client.add(people, { objectClass: "organizationalUnit", ou: "People" });
      await client.add(`OU=Left,${sambaBase}`, { objectClass: "organizationalUnit", ou: "Left" });
      await addPerson(client, "camille", { employeeNumber: "899700000001", displayName: "Camille Aubert" });
      await addPerson(client, "marc", { employeeNumber: "899700000002", mail: "marc@hopital.test" });
      await addPerson(client, "temporary", { employeeNumber: "899700000003", accountExpires: fileTime(june30) });
      await addPerson(client, "mover", { employeeNumber: "899700000004" });
      await addGroup(client, "cardiology", [`CN=camille,${people}`]);
      await addGroup(client, "medicine", [`CN=cardiology,${people}`, `CN=marc,${people}`]);
    });
    first = await lookAt(source);
    last = first;
  });
  afterAll(async () => {
    await samba.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function configurationOf(change: Readonly<Record<string, unknown>>): LdapSourceConfiguration {
    return ldapSource.parse({
      id: "domain",
      kind: "ldap",
      servers: [samba.secureAddress],
      authorities: samba.tls.certificate,
      bindName: sambaAdministrator,
      bindPasswordFile: join(folder, "password"),
      schema: "active-directory",
      people: { base: people },
      groups: { base: sambaBase },
      ...change,
    });
  }

  function sourceOf(change: Readonly<Record<string, unknown>>): LdapSource {
    return new LdapSource(configurationOf(change));
  }

  /** What has changed since the look before, after this. */
  async function changes(act: (client: Client) => Promise<void>): Promise<Look> {
    await samba.managing(act);
    last = await lookAt(source, last.watermark);
    return last;
  }

  test("brings persons and groups, groups in groups and primary groups", () => {
    expect(first.extent).toBe("everything");
    expect(personIn(first, "camille")).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      holder: "899700000001",
      displayName: "Camille Aubert",
      active: true,
    });
    expect(personIn(first, "marc")).toMatchObject({ displayName: "marc", mail: "marc@hopital.test" });
    expect(accountsIn(first, "cardiology")).toEqual(["camille"]);
    expect(accountsIn(first, "medicine")).toEqual(["camille", "marc"]);
    expect(accountsIn(first, "Domain Users")).toEqual(["camille", "marc", "mover", "temporary"]);
  });

  test("brings nothing where nothing has changed, and everything to whom another server's watermark is shown", async () => {
    expect((await lookAt(source, last.watermark)).extent).toBe("unchanged");
    const [number] = last.watermark?.split(" ") ?? [];
    expect((await lookAt(source, `${number} 00000000-0000-0000-0000-000000000000`)).extent).toBe("everything");
  });

  test("tells when an account ends, and that it does not any more", async () => {
    expect(personIn(first, "temporary")?.activeUntil).toBe(june30);
    expect(personIn(first, "camille")?.activeUntil).toBeUndefined();
    const name = `CN=temporary,${people}`;
    const renewed = await changes(client => replace(client, name, "accountExpires", ["9223372036854775807"]));
    expect(personIn(renewed, "temporary")).toMatchObject({ active: true });
    expect(personIn(renewed, "temporary")?.activeUntil).toBeUndefined();
  });

  test("tells the person above, and the language", async () => {
    const read = await changes(async client => {
      await replace(client, `CN=mover,${people}`, "manager", [`CN=camille,${people}`]);
      await replace(client, `CN=mover,${people}`, "preferredLanguage", ["fr-FR"]);
    });
    const manager = personIn(first, "camille")?.reference;
    expect(manager).toMatch(/^S-1-5-21-/);
    expect(personIn(read, "mover")).toMatchObject({ manager, language: "fr-FR" });
    expect(personIn(first, "mover")?.manager).toBeUndefined();
  });

  test("tries a password, and says for the trail why it was not taken", async () => {
    const key = personIn(first, "camille")?.key ?? expect.fail("nobody");
    const camille = { key, holder: "899700000001" };
    const name = `CN=camille,${people}`;
    const password = "Pâté-croûte-42";
    const passwords = new LdapPasswords(configurationOf({}));
    await samba.managing(async client => {
      const quoted = Buffer.from(`"${password}"`, "utf16le");
      const modification = new Attribute({ type: "unicodePwd", values: [quoted] });
      await client.modify(name, [new Change({ operation: "replace", modification })]);
      await replace(client, name, "userAccountControl", [String(normal)]);
    });
    expect(await passwords.check(camille, password)).toEqual({ verdict: "right" });
    const refused = (why: string) => ({ verdict: "refused", why });
    expect(await passwords.check(camille, "wrong")).toEqual(refused("wrong password"));
    expect(await passwords.check(camille, "")).toEqual(refused("no password"));
    expect(await passwords.check(undefined, password)).toEqual(refused("nobody"));
    expect(await passwords.check({ key, holder: "899700000009" }, password)).toEqual(
      refused("the entry is another holder's now"),
    );
    const nobody = { key: "00000000-0000-4000-8000-000000000000", holder: "899700000001" };
    expect(await passwords.check(nobody, password)).toEqual(refused("no longer in the directory"));
    const after = async (attribute: string, value: string) => {
      await samba.managing(client => replace(client, name, attribute, [value]));
      return passwords.check(camille, password);
    };
    expect(await after("pwdLastSet", "0")).toEqual(refused("the password has to be changed first"));
    expect(await after("pwdLastSet", "-1")).toEqual({ verdict: "right" });
    expect(await after("accountExpires", fileTime(june30 - 400 * 86_400_000))).toEqual(
      refused("the account has expired"),
    );
    expect(await after("accountExpires", "0")).toEqual({ verdict: "right" });
    expect(await after("userAccountControl", String(normal | disabled))).toEqual(refused("the account is disabled"));
    await samba.managing(client => replace(client, name, "userAccountControl", [String(normal)]));
    await changes(async () => {});
  });

  test("tells who was disabled, and who is enabled again", async () => {
    const name = `CN=marc,${people}`;
    const set = (control: number) => changes(client => replace(client, name, "userAccountControl", [String(control)]));
    const refused = await set(normal | noPasswordNeeded | disabled);
    expect(refused).toMatchObject({ extent: "changes", entries: [{ account: "marc", active: false }] });
    expect((await set(normal | noPasswordNeeded)).entries).toMatchObject([{ account: "marc", active: true }]);
  });

  test("knows who was renamed and moved by the same key and reference, so that groups go on naming him", async () => {
    const { key, reference } = personIn(first, "camille") ?? {};
    const renamed = await changes(client => client.modifyDN(`CN=camille,${people}`, "CN=Camille Martin"));
    expect(renamed.entries).toMatchObject([{ account: "camille", key, reference }]);
    expect(accountsIn(await lookAt(source), "medicine")).toEqual(["camille", "marc"]);
  });

  test("tells that a group has another member", async () => {
    const name = `CN=cardiology,${people}`;
    const { entries } = await changes(client => replace(client, name, "member", [`CN=mover,${people}`]));
    expect(entries).toMatchObject([{ kind: "group", members: [personIn(first, "mover")?.reference] }]);
  });

  test("tells who was moved out of its base, who was deleted, and which group was", async () => {
    const { key } = personIn(first, "mover") ?? {};
    const moved = await changes(client => client.modifyDN(`CN=mover,${people}`, `CN=mover,OU=Left,${sambaBase}`));
    expect(moved.entries).toContainEqual({ kind: "gone", key });
    const deleted = await changes(async client => {
      await client.del(`CN=temporary,${people}`);
      await client.del(`CN=medicine,${people}`);
    });
    expect(deleted.extent).toBe("changes");
    for (const gone of [personIn(first, "temporary"), groupIn(first, "medicine")])
      expect(deleted.entries).toContainEqual({ kind: "gone", key: gone?.key });
  });

  test("fetches a large group part by part", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `CN=member-${index},${people}`);
    await samba.managing(async client => {
      for (const name of names) await client.add(name, { objectClass: "contact" });
      await addGroup(client, "everybody", names);
    });
    const authorities = await readFile(samba.tls.certificate, "utf8");
    const server = { address: samba.secureAddress, startTls: false, authorities, answerMs: 20_000, ...directoryBytes };
    const connection = await LdapConnection.open(server, new AbortController().signal);
    try {
      await connection.bind(sambaAdministrator, sambaPassword);
      const schema = { ...activeDirectory(people), membersAtOnce: 10 };
      const search = { base: `CN=everybody,${people}`, scope: "base", filter: anyEntry } as const;
      const asked = { attributes: memberRequest(schema), controls: schema.controls };
      const members: string[] = [];
      for await (const group of connection.search({ ...search, ...asked })) {
        expect(new LdapEntry(group).range("member")).toMatchObject({ last: 9 });
        members.push(...(await readMembers(connection, schema, new LdapEntry(group))));
      }
      expect(members.length).toBe(25);
      expect(groupIn(await lookAt(source), "everybody")?.members.toSorted()).toEqual(members.toSorted());
    } finally {
      await connection.close();
    }
  });

  test("is taken with StartTLS, and not without what Active Directory demands", async () => {
    const started = sourceOf({ servers: [samba.address], startTls: true });
    expect(personIn(await lookAt(started), "camille")).toBeDefined();
    const plain = lookAt(sourceOf({ servers: [samba.address] }));
    await expect(plain).rejects.toMatchObject({
      code: "directory-request-refused",
      detail: expect.stringContaining("demands StartTLS or ldaps://"),
    });
  });
});
