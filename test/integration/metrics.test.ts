import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

let house: TestBroker | undefined;

afterEach(async () => {
  await house?.close();
  house = undefined;
});

/** A sample's value, by its name and a part of its labels. */
function valueIn(text: string, name: string, part: string): number | undefined {
  const line = text.split("\n").find(one => one.startsWith(`${name}{`) && one.includes(part));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(" ")));
}

test("a monitor sees how old each list is and how many sessions there are, and no person", async () => {
  const [port = 0] = await freePorts(1);
  house = await TestBroker.start({ metrics: { host: "127.0.0.1", port } });
  const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(valueIn(await read(), "wardkey_sessions", "open")).toBeUndefined();
  const client = new BrokerClient(await house.enrol("A"));
  try {
    await signIn(client, house.keysOf("physician"));
    await client.measured({ "insertion-to-portal": 4_200 });
    const text = await read();
    expect(text).toContain("# TYPE wardkey_stage_seconds histogram");
    expect(valueIn(text, "wardkey_stage_seconds_bucket", 'stage="insertion-to-portal",le="4"')).toBe(0);
    expect(valueIn(text, "wardkey_stage_seconds_bucket", 'stage="insertion-to-portal",le="5"')).toBe(1);
    expect(valueIn(text, "wardkey_stage_seconds_sum", 'stage="insertion-to-portal"')).toBe(4.2);
    expect(valueIn(text, "wardkey_sessions", 'seat="open"')).toBe(1);
    expect(valueIn(text, "wardkey_revocation_entries", "issuing.crl")).toBe(2);
    expect(valueIn(text, "wardkey_revocation_source_health", 'health="good"')).toBe(1);
    await expect(signIn(client, house.keysOf("revoked"))).rejects.toMatchObject({ code: "certificate-revoked" });
    const counted = await read();
    expect(counted).toContain("# TYPE wardkey_sign_ins_total counter");
    expect(valueIn(counted, "wardkey_sign_ins_total", 'outcome="opened"')).toBe(1);
    expect(valueIn(counted, "wardkey_sign_ins_total", 'outcome="denied",code="certificate-revoked"')).toBe(1);
    expect(valueIn(counted, "wardkey_sign_ins_total", 'outcome="moved"')).toBeUndefined();
    const left = valueIn(text, "wardkey_revocation_data_left_seconds", "issuing.crl") ?? 0;
    house.aheadMs = 8 * 86_400_000;
    const later = await read();
    expect(left - (valueIn(later, "wardkey_revocation_data_left_seconds", "issuing.crl") ?? 0)).toBeGreaterThan(
      8 * 86_000,
    );
    expect(valueIn(later, "wardkey_revocation_source_health", 'health="aged"')).toBe(1);
    expect(text).not.toContain("AUBERT");
    expect(text).not.toContain("899700075064");
  } finally {
    await client.close();
  }
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: "POST" })).status).toBe(404);
});

test("a monitor sees how old each source of the directory is, and whether it fails", async () => {
  const [port = 0] = await freePorts(1);
  house = await TestBroker.start({ metrics: { host: "127.0.0.1", port } });
  const file = join(house.directory, "staff.csv");
  writeFileSync(file, "id,displayName,active,holder\n1,Camille AUBERT,yes,899700075064\n");
  const source = { id: "staff", kind: "csv" as const, file, intervalSeconds: 0.2 };
  await house.restart({
    directory: { required: false, sources: [source, { ...source, id: "lost", file: `${file}.no` }] },
  });
  const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const failures = async () => valueIn(await read(), "wardkey_directory_source_failures", 'source="lost"');
  await expect.poll(failures).toBeGreaterThan(1);
  await expect.poll(async () => valueIn(await read(), "wardkey_directory_persons", 'source="staff"')).toBe(1);
  const text = await read();
  expect(valueIn(text, "wardkey_directory_source_age_seconds", 'source="staff"')).toBeLessThan(60);
  expect(valueIn(text, "wardkey_directory_source_age_seconds", 'source="lost"')).toBeUndefined();
  expect(valueIn(text, "wardkey_directory_source_health", 'source="staff",health="good"')).toBe(1);
  expect(valueIn(text, "wardkey_directory_source_health", 'source="lost",health="none"')).toBe(1);
  expect(text).not.toContain("AUBERT");
});

test("without the setting nobody listens, and no other door answers it", async () => {
  const [port = 0] = await freePorts(1);
  house = await TestBroker.start();
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  expect((await fetch(`${house.configuration.web.origin}/metrics`)).status).toBe(404);
});
