import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import type { Enrolment } from "../../electron/main/broker/enrolment.ts";
import { certifyWorkstationKey, makeWorkstationKey } from "../../electron/main/broker/workstation-key.ts";
import { eventually } from "./support/eventually.ts";

let server: Server;
const connections = new Set<Socket>();
let enrolment: Enrolment;

beforeEach(async () => {
  const key = makeWorkstationKey();
  const certificate = certifyWorkstationKey(key, Date.now());
  server = createServer({
    key,
    cert: certificate,
    minVersion: "TLSv1.3",
    requestCert: true,
    rejectUnauthorized: false,
  });
  server.on("connection", (connection: Socket) => connections.add(connection));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  const brokerKey = createHash("sha256").update(spki).digest("base64url");
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kept = { keyFile: undefined, checkpointFile: "/nowhere/trail-checkpoint" };
  enrolment = { origin, workstation: "A", name: "A", tls: { key, certificate, brokerKey }, ...kept };
});
afterEach(() => {
  server.close();
  for (const connection of connections) connection.destroy();
  connections.clear();
});

test("a workstation that ends in the middle of a handshake leaves no connection", { timeout: 25_000 }, async () => {
  const client = new BrokerClient(enrolment);
  const [line] = (await once(server, "connection")) as [Socket];
  await client.close();
  await once(line, "close");
});

test("a workstation that ends while it asks is told that nobody answered", { timeout: 25_000 }, async () => {
  const client = new BrokerClient(enrolment);
  await once(server, "connection");
  const asked = client.describe();
  const [line] = (await once(server, "connection")) as [Socket];
  await client.close();
  await expect(asked).rejects.toMatchObject({ code: "broker-unreachable" });
  await once(line, "close");
});

test("a broker that is killed while many ask: each of them is told", { timeout: 25_000 }, async () => {
  let secured = 0;
  server.on("secureConnection", () => {
    secured += 1;
  });
  const client = new BrokerClient(enrolment);
  const asked = Array.from({ length: 20 }, () => client.describe());
  const answers = Promise.allSettled(asked);
  // One of the line's, and of eight requests at least.
  await eventually(() => secured >= 9);
  server.close();
  for (const connection of connections) connection.destroy();
  for (const answer of await answers)
    expect(answer).toMatchObject({ status: "rejected", reason: { code: "broker-unreachable" } });
  await client.close();
});

test("a broker that takes the connection and says nothing: who asks is told in time", { timeout: 25_000 }, async () => {
  const silent = createTcpServer(connection => connections.add(connection)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const origin = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const client = new BrokerClient({ ...enrolment, origin });
  const from = performance.now();
  await expect(client.describe()).rejects.toMatchObject({ code: "broker-unreachable" });
  expect(performance.now() - from).toBeLessThan(8_000);
  await client.close();
  silent.close();
});
