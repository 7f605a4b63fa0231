import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import Cursor from "pg-cursor";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTrailKey, trailKeyFile } from "../../broker/audit/trail-key.ts";
import { withClearFailures } from "../../broker/store/engine/clear-failures.ts";
import { openEngine } from "../../broker/store/engine/open-engine.ts";
import type { StoreUser } from "../../broker/store/engine/open-postgresql.ts";
import { postgresqlClient } from "../../broker/store/engine/postgresql-client.ts";
import type { PostgresqlConfiguration } from "../../broker/store/engine/postgresql-configuration.ts";
import type { Schema } from "../../broker/store/schema.ts";
import { Store } from "../../broker/store/store.ts";
import { appendTrail, sha256 } from "../../broker/store/trail-table.ts";
import { sealTrail } from "../../broker/store/trail-tree-table.ts";
import { commandLine } from "../../demo/ward/command-line.ts";
import { CutConnection } from "../fixtures/cut-connection.ts";
import { PostgresqlServer } from "../fixtures/postgresql-server.ts";
import { SmallDisk } from "../fixtures/small-disk.ts";
import { verifyChain } from "../fixtures/verify-chain.ts";
import { serverCertificate } from "./support/server-certificate.ts";

let server: PostgresqlServer;
let folder: string;
let database: string;
const opened: Store[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-postgresql-"));
  server = await PostgresqlServer.start({ settings: ["listen_addresses=127.0.0.1"] });
});
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  database = server.newDatabase();
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

async function open(
  user: StoreUser = "broker",
  postgresql: PostgresqlConfiguration = { address: server.address(database) },
): Promise<Store> {
  const store = await Store.open(await openEngine({ store: "", postgresql }, user));
  opened.push(store);
  return store;
}

const append = (store: Store, detail: string) =>
  store.write(tx => appendTrail(tx, { at: 1, act: "sign-in-denied", detail }));
const details = (): string[] =>
  server
    .query(database, "select text from trail_record order by sequence")
    .map(({ text }) => JSON.parse(String(text)).detail);
const isIntact = async (store: Store) =>
  verifyChain(await store.db.selectFrom("trail_record").selectAll().orderBy("sequence").execute(), sha256).intact;
const unavailable = { code: "trail-unavailable" };

describe("a server that goes away", () => {
  test("killed again and again under load: nothing acknowledged is lost, nothing doubled", {
    timeout: 120_000,
  }, async () => {
    const store = await open();
    const acknowledged: string[] = [];
    const refused: string[] = [];
    let stopped = false;
    const writer = async () => {
      while (!stopped) {
        const detail = randomUUID();
        await append(store, detail).then(
          () => acknowledged.push(detail),
          () => refused.push(detail),
        );
      }
    };
    const writers = Array.from({ length: 8 }, writer);
    for (let round = 0; round < 5; round += 1) {
      await new Promise(resolve => setTimeout(resolve, 100 + Math.random() * 300));
      await server.kill();
      await server.startAgain();
      await expect
        .poll(
          () =>
            append(store, "back").then(
              () => true,
              () => false,
            ),
          { timeout: 20_000 },
        )
        .toBe(true);
    }
    stopped = true;
    await Promise.all(writers);
    const kept = details().filter(detail => detail !== "back");
    expect(new Set(kept).size).toBe(kept.length);
    expect(acknowledged.filter(detail => !kept.includes(detail))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    expect(await isIntact(store)).toBe(true);
  });

  test("without a word is given up, and asked anew at the next question", async () => {
    const pool = new pg.Pool({ ...postgresqlClient({ address: server.address(database) }), max: 1 });
    pool.on("error", () => {}).on("connect", client => client.on("error", () => {}));
    const db = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: withClearFailures(pool, 300), cursor: Cursor }),
    });
    const from = performance.now();
    await expect(db.executeQuery(CompiledQuery.raw("select pg_sleep(20)"))).rejects.toMatchObject(unavailable);
    expect(performance.now() - from).toBeLessThan(10_000);
    expect((await db.executeQuery(CompiledQuery.raw("select 1 as one"))).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  test("says so to whoever reads or writes, and is used again when it is back", async () => {
    const store = await open();
    await append(store, "before");
    await server.stop();
    await expect(append(store, "meanwhile")).rejects.toMatchObject(unavailable);
    await expect(store.db.selectFrom("session").selectAll().execute()).rejects.toMatchObject(unavailable);
    await server.startAgain();
    await append(store, "after");
    expect(details()).toEqual(["before", "after"]);
  });
});

// An ordinary user without user namespaces has no disk of its own.
test.runIf(SmallDisk.isAllowed)(
  "its disk full: nothing is acknowledged, it says why; with room again it goes on",
  async () => {
    const disk = SmallDisk.mount("32m");
    const place = join(disk.folder, "space");
    mkdirSync(place, { mode: 0o700 });
    server.query("template1", `create tablespace small location '${place}'`);
    database = server.newDatabase("template template0 tablespace small");
    const store = await open();
    await append(store, "before");
    disk.fill();
    const long = "x".repeat(1_000);
    const until = async () => {
      for (let at = 0; at < 2_000; at += 1) await append(store, long);
    };
    await expect(until()).rejects.toMatchObject({
      code: "trail-unavailable",
      detail: expect.stringContaining("No space left on device"),
    });
    disk.free();
    await append(store, "after");
    expect([details()[0], details().at(-1)]).toEqual(["before", "after"]);
    expect(await isIntact(store)).toBe(true);
    await store.close();
    opened.splice(0);
    server.query("template1", `drop database ${database}`);
    server.query("template1", "drop tablespace small");
    disk.unmount();
  },
);

describe("a commit whose answer is lost", () => {
  let way: CutConnection;
  let store: Store;

  beforeEach(async () => {
    way = await CutConnection.open(join(server.folder, `.s.PGSQL.${server.port}`));
    store = await open("broker", { address: `postgresql://wardkey@127.0.0.1:${way.port}/${database}` });
    await append(store, "before");
  });
  afterEach(() => way.close());

  test("was done: it is found in the trail, and acknowledged", async () => {
    void way.cutNext("unanswered");
    await append(store, "cut");
    await append(store, "after");
    expect(details()).toEqual(["before", "cut", "after"]);
    expect(await isIntact(store)).toBe(true);
  });

  test("was not done: it is refused, and is not in the trail", async () => {
    void way.cutNext("unheard");
    await expect(append(store, "cut")).rejects.toMatchObject(unavailable);
    await append(store, "after");
    expect(details()).toEqual(["before", "after"]);
  });

  test("cannot be asked after: it is refused, though it may stand in the trail", async () => {
    const happened = way.cutNext("unanswered");
    const refused = expect(append(store, "cut")).rejects.toMatchObject(unavailable);
    await happened;
    await way.close();
    await refused;
    expect(details()).toEqual(["before", "cut"]);
    way = await CutConnection.open(join(server.folder, `.s.PGSQL.${server.port}`));
  });
});

describe("one broker a database", () => {
  test("another one does not start, and says why; it does when the first has ended", async () => {
    const first = await open();
    await expect(open()).rejects.toThrow(/another broker works with this database/);
    await append(first, "first");
    await first.close();
    opened.splice(0);
    await append(await open(), "second");
    expect(details()).toEqual(["first", "second"]);
  });

  test("where its lock is lost and another took it, it writes no more", async () => {
    const first = await open();
    await append(first, "first");
    const second = open();
    // The other one waits for the lock.
    await expect
      .poll(() => server.query(database, "select pid from pg_locks where locktype = 'advisory' and not granted").length)
      .toBe(1);
    server.query(
      database,
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and objid = 1",
    );
    await append(await second, "second");
    await expect(append(first, "late")).rejects.toMatchObject(unavailable);
    expect(details()).toEqual(["first", "second"]);
  });

  test("commands write beside it, and the chain stays whole", async () => {
    const stores = [await open(), await open("command"), await open("command")];
    const many = Array.from({ length: 60 }, (_, at) => at);
    await Promise.all(many.map(at => append(stores[at % 3] as Store, String(at))));
    expect(details().sort()).toEqual(many.map(String).sort());
    expect(await isIntact(stores[0] as Store)).toBe(true);
  });
});

describe("a database", () => {
  test("made for another order of letters keeps ours: byte by byte", async () => {
    database = server.newDatabase("template template0 locale_provider icu icu_locale 'fr' locale 'C.UTF-8'");
    const store = await open();
    const row = (name: string) => ({ id: name, name, place: "", key_hash: name, enrolled_at: 1 });
    await store.write(tx => tx.insertInto("workstation").values(["é", "a", "Z", "z", "-b"].map(row)).execute());
    const rows = await store.db.selectFrom("workstation").select("name").orderBy("name").execute();
    expect(rows.map(({ name }) => name)).toEqual(["-b", "Z", "a", "z", "é"]);
    const before = await store.db.selectFrom("workstation").select("name").where("name", "<", "a").execute();
    expect(before.map(({ name }) => name).sort()).toEqual(["-b", "Z"]);
  });

  test("made for another character set is refused", async () => {
    database = server.newDatabase("template template0 encoding 'LATIN1' locale 'C'");
    await expect(open()).rejects.toThrow(/made for LATIN1, not for UTF8/);
  });

  test("gives whole numbers as numbers, and none that would be another one", async () => {
    const store = await open();
    const row = { id: "a", name: "a", place: "", key_hash: "a", enrolled_at: Number.MAX_SAFE_INTEGER };
    await store.write(tx => tx.insertInto("workstation").values(row).execute());
    expect(await store.db.selectFrom("workstation").selectAll().execute()).toEqual([row]);
    server.query(database, "update workstation set enrolled_at = 9007199254740993");
    await expect(store.db.selectFrom("workstation").selectAll().execute()).rejects.toThrow(RangeError);
  });

  test("is never written to but through a write transaction", async () => {
    const store = await open();
    await expect(store.db.deleteFrom("workstation").execute()).rejects.toThrow(/read-only transaction/);
  });

  test("that commits before it synchronises is told not to", async () => {
    server.query(database, `alter database ${database} set synchronous_commit = off`);
    const store = await open();
    await store.write(async tx => {
      const { rows } = await tx.executeQuery<{ on: string }>(
        CompiledQuery.raw("select current_setting('synchronous_commit') as on"),
      );
      expect(rows).toEqual([{ on: "on" }]);
    });
  });
});

describe("by the network", () => {
  const over = (words: Partial<PostgresqlConfiguration>, host = "127.0.0.1") => ({
    address: `postgresql://ward@${host}:${server.port}/${database}`,
    ...words,
  });
  const password = "a password with spaces";
  let passwordFile: string;
  let certificate: string;

  beforeAll(async () => {
    const own = serverCertificate(folder, ["IP:127.0.0.1"]);
    certificate = own.certificate;
    chmodSync(own.key, 0o600);
    passwordFile = join(folder, "password");
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    server.query(
      "template1",
      `set password_encryption = 'scram-sha-256'; create role ward superuser login password '${password}'`,
    );
    for (const line of ["ssl = on", `ssl_cert_file = '${own.certificate}'`, `ssl_key_file = '${own.key}'`])
      appendFileSync(join(server.folder, "data/postgresql.conf"), `${line}\n`);
    writeFileSync(
      join(server.folder, "data/pg_hba.conf"),
      "local all wardkey trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n",
    );
    await server.stop();
    await server.startAgain();
  });

  test("by TLS, with the password of a file", async () => {
    const store = await open("broker", over({ passwordFile, authority: certificate }));
    await append(store, "by TLS");
    const rows = server.query(
      database,
      "select ssl from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'ward'",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ ssl }) => ssl === true)).toBe(true);
  });

  test.each([
    [
      "with a wrong password",
      () => ({ authority: certificate, passwordFile: certificate }),
      "127.0.0.1",
      /password authentication failed/,
    ],
    [
      "without TLS, which this server wants",
      () => ({ passwordFile }),
      "127.0.0.1",
      /no pg_hba.conf entry .*no encryption/,
    ],
    [
      "under a name that is not in the server's certificate",
      () => ({ passwordFile, authority: certificate }),
      "localhost",
      /does not match certificate's altnames/,
    ],
    [
      "with a certificate of somebody else's authority",
      () => ({ passwordFile, authority: serverCertificate(folder, ["IP:127.0.0.1"], "other").certificate }),
      "127.0.0.1",
      /self-signed certificate|unable to verify/,
    ],
  ])("%s it is refused", async (_, words, host, reason) => {
    await expect(open("broker", over(words(), host))).rejects.toThrow(reason);
  });
});

describe("wardkey audit verify", () => {
  let key: string;

  beforeEach(async () => {
    const store = await open();
    const signer = openTrailKey(join(folder, database), "ward/trail");
    key = trailKeyFile(join(folder, database));
    for (let at = 0; at < 20; at += 1) await append(store, String(at));
    await store.write(tx => sealTrail(tx, signer));
  });

  const verify = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [commandLine, "audit", "verify", "--json", "--key", key, ...words],
      { encoding: "utf8" },
    );
    return { status, stderr, verdict: stdout === "" ? undefined : JSON.parse(stdout) };
  };

  test("reports on a database as on a file, beside a broker", () => {
    expect(verify(server.address(database))).toMatchObject({
      status: 0,
      verdict: { intact: true, records: 20, sealed: 20, signatures: "checked" },
    });
  });

  test.each([
    [
      "altered",
      "update trail_record set text = replace(text, '\"7\"', '\"8\"') where sequence = 8",
      { check: "chain", sequence: 8, problem: "altered" },
    ],
    ["removed", "delete from trail_record where sequence = 3", { check: "chain", sequence: 3, problem: "missing" }],
    [
      "twice there",
      "alter table trail_record drop constraint trail_record_pkey; insert into trail_record select * from trail_record where sequence = 5",
      { check: "chain", sequence: 6 },
    ],
    ["cut off", "delete from trail_record where sequence > 15", { check: "checkpoint", problem: "cut", sequence: 16 }],
  ])("a record %s is found", (_, tampering, found) => {
    server.query(database, tampering);
    expect(verify(server.address(database))).toMatchObject({ status: 1, verdict: { intact: false, ...found } });
  });

  test("says so where there is no such database", () => {
    const { status, stderr, verdict } = verify(server.address("nowhere"));
    expect({ status, verdict }).toEqual({ status: 1, verdict: undefined });
    expect(stderr).toContain('database "nowhere" does not exist');
  });
});
