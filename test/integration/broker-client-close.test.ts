import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import type { Enrolment } from "../../electron/main/broker/enrolment.ts";
import { certifyWorkstationKey, makeWorkstationKey } from "../../electron/main/broker/workstation-key.ts";

let server: Server;
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
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
  const brokerKey = createHash("sha256").update(spki).digest("base64url");
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  enrolment = { origin, workstation: "A", name: "A", tls: { key, certificate, brokerKey }, keyFile: undefined };
});
afterEach(() => void server.close());

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
