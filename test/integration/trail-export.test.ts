import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FhirRouter, MemoryRepository, makeSimpleRequest } from "@medplum/fhir-router";
import { DOMParser } from "@xmldom/xmldom";
import { parse } from "csv-parse/sync";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ContinuousExport } from "../../broker/audit/continuous-export.ts";
import { fhirReceiver } from "../../broker/audit/fhir-receiver.ts";
import { syslogReceiver } from "../../broker/audit/syslog-receiver.ts";
import { nodeTimers } from "../../broker/services/node-timers.ts";
import { Store } from "../../broker/store/store.ts";
import { exportedUpTo } from "../../broker/store/trail-export-table.ts";
import { appendTrail } from "../../broker/store/trail-table.ts";
import type { Log } from "../../core/ports/log.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { commandLine } from "../../demo/ward/command-line.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { faultsOfAuditEvent, knowFhir } from "../fixtures/fhir-definitions.ts";
import { Rsyslog, selfSigned } from "./support/rsyslog.ts";
import { TestBroker } from "./support/test-broker.ts";

let folder: string;
let store: Store;
let warnings: string[];
const opened: ContinuousExport[] = [];
const log: Log = { info() {}, warn: (event, fields) => void warnings.push(`${event} ${fields?.["detail"]}`) };
const origin = "broker.hospital.example/trail";
const patience = { timeout: 30_000 };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-export-"));
  warnings = [];
  store = await Store.open(join(folder, "broker.sqlite"));
});

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const record = (at: number, more: Partial<TrailRecord> = {}): TrailRecord => ({
  at,
  act: "session-opened",
  holder: "899700218896",
  means: "card-pin",
  assurance: "high",
  workstation: "CARDIO-01",
  place: "Cardiologie – 3ᵉ étage",
  ...more,
});
const append = (...records: TrailRecord[]) =>
  store.write(async tx => {
    for (const one of records) await appendTrail(tx, one);
  });
const many = (count: number) => Array.from({ length: count }, (_, at) => record(1_700_000_000_000 + at));

describe("syslog over TLS, to Debian's rsyslog", { timeout: 90_000 }, () => {
  let rsyslog: Rsyslog;

  beforeEach(async () => {
    const [port = 0] = await freePorts(1);
    rsyslog = new Rsyslog(folder, port);
  });
  afterEach(() => rsyslog.stop());

  const start = (authority = rsyslog.authority) => {
    const { certificate, key } = rsyslog.sender;
    const to = {
      name: "siem",
      identifiers: "as-kept",
      to: "syslog",
      host: "127.0.0.1",
      port: rsyslog.port,
      authority,
      certificate,
      key,
    } as const;
    const one = new ContinuousExport({
      name: "siem",
      receiver: syslogReceiver(to),
      origin,
      store,
      timers: nodeTimers,
      log,
    });
    opened.push(one);
    return one;
  };
  const numbers = () => rsyslog.received().map(({ data }) => Number(/sequenceId="(\d+)"/.exec(data)?.[1]));

  test("every message is understood: number, host, severity, and a DICOM audit message that is XML", async () => {
    await append(
      record(1_700_000_000_000, { detail: 'a <b> & "c"\nd | é' }),
      record(2, { act: "sign-in-denied", code: "pin-wrong" }),
    );
    await rsyslog.start();
    start();
    await expect.poll(() => rsyslog.received().length, patience).toBe(2);
    const [first, second] = rsyslog.received();
    expect(first).toMatchObject({
      severity: "5",
      host: "broker.hospital.example",
      application: "wardkey",
      messageId: "DICOM+RFC3881",
    });
    expect(second).toMatchObject({ severity: "4" });
    const message = new DOMParser().parseFromString((first?.text ?? "").replace(/^\uFEFF/, "").trim(), "text/xml");
    const participant = message.getElementsByTagName("ActiveParticipant")[0];
    expect(participant?.getAttribute("UserID")).toBe("899700218896");
    expect(message.getElementsByTagName("AuditSourceIdentification")[0]?.getAttribute("AuditEnterpriseSiteID")).toBe(
      "Cardiologie – 3ᵉ étage",
    );
  });

  test("an outage loses nothing and keeps the order; what is sent again has its number again", async () => {
    await append(...many(700));
    await rsyslog.start();
    start();
    await expect.poll(() => rsyslog.received().length, patience).toBe(700);
    await rsyslog.stop();
    await append(...many(650));
    await expect.poll(() => warnings.length, patience).toBeGreaterThan(0);
    await rsyslog.start();
    await expect.poll(() => exportedUpTo(store.db, "siem"), patience).toBe(1350);
    await expect.poll(() => new Set(numbers()).size, patience).toBe(1350);
    expect([...new Set(numbers())]).toEqual(Array.from({ length: 1350 }, (_, index) => index + 1));
  });

  test("goes on where it was after a restart", async () => {
    await append(...many(3));
    await rsyslog.start();
    await start();
    await expect.poll(() => exportedUpTo(store.db, "siem"), patience).toBe(3);
    await opened.pop()?.close();
    await append(...many(2));
    start();
    await expect.poll(() => numbers(), patience).toEqual([1, 2, 3, 4, 5]);
  });

  test("says nothing to a receiver whose certificate nobody here knows", async () => {
    await append(...many(3));
    await rsyslog.start();
    const one = start(selfSigned(folder, "stranger").certificate);
    await expect.poll(() => one.failures, patience).toBeGreaterThan(0);
    expect(warnings.join()).toMatch(/self.signed/);
    expect(await exportedUpTo(store.db, "siem")).toBe(0);
    expect(rsyslog.received()).toEqual([]);
  });
});

describe("FHIR by REST, to a FHIR server in memory", { timeout: 60_000 }, () => {
  let server: Server;
  let repository: MemoryRepository;
  /** What happens to the next requests, in turn; afterwards everything goes well. */
  let fates: ("refuse" | "lose the answer")[];
  let authorizations: (string | undefined)[];

  beforeAll(() => knowFhir());
  beforeEach(async () => {
    repository = new MemoryRepository();
    fates = [];
    authorizations = [];
    const router = new FhirRouter();
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", async () => {
        authorizations.push(request.headers.authorization);
        const fate = fates.shift();
        if (fate === "refuse") return response.writeHead(503).end();
        const { pathname } = new URL(request.url ?? "", "http://fhir");
        const body: unknown = JSON.parse(Buffer.concat(pieces).toString());
        const asked = { ...makeSimpleRequest("POST", pathname, body), headers: request.headers };
        const [outcome] = await router.handleRequest(asked, repository);
        if (fate === "lose the answer") return response.destroy();
        return response.writeHead(outcome.id === "created" ? 201 : outcome.id === "ok" ? 200 : 422).end();
      });
    });
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => server.close());

  const start = () => {
    const tokenFile = join(folder, "token");
    writeFileSync(tokenFile, "a-token\n");
    const { port } = server.address() as AddressInfo;
    const to = { name: "ehr", identifiers: "as-kept", to: "fhir", url: `http://127.0.0.1:${port}`, tokenFile } as const;
    opened.push(
      new ContinuousExport({ name: "ehr", receiver: fhirReceiver(to), origin, store, timers: nodeTimers, log }),
    );
  };
  const events = () => repository.searchResources({ resourceType: "AuditEvent", count: 1000 });

  test("every record becomes one valid AuditEvent", async () => {
    await append(...many(30));
    start();
    await expect.poll(() => exportedUpTo(store.db, "ehr"), patience).toBe(30);
    const found = await events();
    expect(found).toHaveLength(30);
    for (const event of found) expect(faultsOfAuditEvent(event)).toEqual([]);
    expect(new Set(authorizations)).toEqual(new Set(["Bearer a-token"]));
  });

  test("refused, or its answer lost: it comes again, and is there once", async () => {
    await append(...many(5));
    fates = ["refuse", "lose the answer"];
    start();
    await expect.poll(() => exportedUpTo(store.db, "ehr"), patience).toBe(5);
    const tags = (await events()).map(event => event.meta?.tag?.[0]?.code);
    expect(tags.toSorted()).toEqual(["1", "2", "3", "4", "5"]);
    expect(warnings.length).toBe(2);
  });
});

describe("wardkey audit export", () => {
  beforeAll(() => knowFhir());

  async function exported(format: string, ...words: string[]) {
    const house = await TestBroker.start();
    const file = join(house.directory, "broker.json");
    const { trail: _trail, identityProvider: _provider, ...written } = house.configuration;
    writeFileSync(file, JSON.stringify(written));
    await house.broker.close();
    const ran = spawnSync(
      process.execPath,
      [commandLine, "audit", "export", "--config", file, "--format", format, ...words],
      {
        encoding: "utf8",
      },
    );
    const records = house.records();
    rmSync(house.directory, { recursive: true, force: true });
    return { ...ran, records };
  }

  test("prints CSV that another program reads, and is recorded first", async () => {
    const { status, stdout, stderr, records } = await exported("csv");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(rows.map(row => row["act"])).toEqual(records.map(({ act }) => act));
    expect(rows.at(-1)).toMatchObject({
      act: "trail-exported",
      detail: "csv, after 0, identifiers as-kept, by the command line",
    });
  });

  test("prints AuditEvents, a line each, that fit the official definition", async () => {
    const { stdout, records } = await exported("fhir", "--after", "1");
    const events = stdout
      .trim()
      .split("\n")
      .map(line => JSON.parse(line));
    expect(events).toHaveLength(records.length - 1);
    for (const event of events) expect(faultsOfAuditEvent(event)).toEqual([]);
  });

  test("does not know another format", async () => {
    const { status, records } = await exported("pdf");
    expect(status).toBe(2);
    expect(records.map(({ act }) => act)).not.toContain("trail-exported");
  });
});
