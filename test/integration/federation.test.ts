import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BrokerConfiguration } from "../../broker/main/configuration.ts";
import { Failure } from "../../core/errors/failure.ts";
import type { TrailRecord } from "../../core/trail/trail-record.ts";
import { freePorts } from "../../demo/ward/free-ports.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { federationSecret, PhoneFederation } from "./support/phone-federation.ts";
import { signIn, TestBroker } from "./support/test-broker.ts";

const physician = "899700075064";
const claims = {
  [physician]: {
    given_name: "Camille",
    family_name: "AUBERT",
    SubjectNameID: physician,
    SubjectRole: ["10^1.2.250.1.213.1.1.5.5"],
    SubjectOrganizationID: "1750000000",
  },
  "899700000001": { given_name: "Autre", family_name: "PERSONNE", SubjectNameID: "899700000001", SubjectRole: [] },
};

let house: TestBroker;
let client: BrokerClient;
let federation: PhoneFederation;

async function restartWith(change: Partial<NonNullable<BrokerConfiguration["federation"]>> = {}): Promise<void> {
  const clientSecretFile = join(house.directory, "federation-secret");
  writeFileSync(clientSecretFile, `${federationSecret}\n`);
  house.configuration = {
    ...house.configuration,
    federation: {
      name: "Pro Santé Connect",
      discovery: federation.discovery,
      issuer: federation.origin,
      client: { authentication: "client_secret_basic", clientId: "wardkey", clientSecretFile },
      scope: "openid scope_all",
      acr: "eidas1",
      sessionMinutes: 30,
      ...change,
    },
  };
  await house.restart();
}

beforeEach(async () => {
  const [port = 0] = await freePorts(1);
  federation = await PhoneFederation.start({ port }, claims);
  house = await TestBroker.start({
    applications: [application("record", ["card-pin"]), application("reading", ["card-pin", "federated"])],
  });
  await restartWith();
  client = new BrokerClient(await house.enrol("A"));
});

afterEach(async () => {
  await client.close();
  await house.close();
  await federation.close();
});

function application(id: string, means: BrokerConfiguration["applications"][number]["means"]) {
  return {
    id,
    name: id,
    icon: "folder",
    initiateLoginUri: "http://127.0.0.1:1/login",
    client: {
      clientId: id,
      clientSecret: "a secret of at least thirty-two characters",
      redirectUris: ["http://127.0.0.1:1/callback"],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: "http://127.0.0.1:1/logout",
    },
    means,
  };
}

async function byPhone(identifier = "99700075064") {
  const { request } = await client.askPhone(identifier);
  return client.awaitPhone(request);
}

function refusal(code: Failure["code"]) {
  return expect.objectContaining({ name: "Failure", code });
}

function last(act: TrailRecord["act"]): TrailRecord | undefined {
  return house.records().findLast(record => record.act === act);
}

describe("somebody without a card", () => {
  test("signs in by phone: both show one number, and the session knows by which means", async () => {
    const { request, bindingMessage } = await client.askPhone("99 700 075 064");
    expect(federation.calls).toEqual([{ identifier: physician, bindingMessage, scope: "openid scope_all" }]);
    const session = await client.awaitPhone(request);
    expect(session).toMatchObject({
      means: "federated",
      holder: { id: physician, displayName: "Camille AUBERT", profession: "Médecin" },
      resumed: false,
    });
    expect(session.expiresAt - session.openedAt).toBe(30 * 60_000);
    expect(session.applications.map(({ id, unavailable }) => [id, unavailable?.reason])).toEqual([
      ["record", "means"],
      ["reading", undefined],
    ]);
    expect(last("federation-asked")).toMatchObject({ holder: physician, place: "ward" });
    expect(last("session-opened")).toMatchObject({ holder: physician, means: "federated", assurance: "substantial" });
  });

  test("is told what the place offers", async () => {
    expect(await client.describe()).toMatchObject({ federation: "Pro Santé Connect" });
    await restartWith({ places: ["elsewhere"] });
    expect((await client.describe()).federation).toBeUndefined();
    await expect(client.askPhone(physician)).rejects.toEqual(refusal("request-malformed"));
    expect(federation.calls).toEqual([]);
  });

  test("finds the session that a card opened, shortened, and with fewer applications", async () => {
    const opened = await signIn(client, house.keysOf("physician"));
    await client.cover(opened.seat, "card-removed", 0);
    const session = await byPhone();
    expect(session).toMatchObject({ session: opened.session, seat: opened.seat, means: "federated", resumed: true });
    expect(session.expiresAt).toBeLessThan(opened.expiresAt);
  });

  test("comes back to it by card only with the PIN", async () => {
    const opened = await byPhone();
    await client.cover(opened.seat, "card-inserted", 0);
    const { authentication } = house.keysOf("physician");
    const { challenge } = await client.challenge(authentication.certificate, true);
    expect(challenge).toMatchObject({ purpose: "unlock", key: "authentication" });
    expect(await signIn(client, house.keysOf("physician"))).toMatchObject({ seat: opened.seat, means: "card-pin" });
  });

  test("does not wait for ever: turning away ends it", async () => {
    federation.act = "waits";
    const { request } = await client.askPhone(physician);
    const answer = client.awaitPhone(request);
    await client.cancelPhone();
    await expect(answer).rejects.toEqual(refusal("challenge-unknown"));
    await expect(client.awaitPhone(request)).rejects.toEqual(refusal("challenge-unknown"));
  });
});

describe("a federation that knows the broker by its certificate", () => {
  /** PEM of a key and its own certificate. */
  const selfSigned = (name: string) => {
    const [key, cert] = ["key", "cert"].map(kind => join(house.directory, `${name}.${kind}`)) as [string, string];
    const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", ...subject];
    execFileSync("openssl", [...made, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  };
  const file = (name: string, content: string) => {
    const path = join(house.directory, name);
    writeFileSync(path, content);
    return path;
  };

  async function signInBy(broker: { key: string; cert: string }, known: { cert: string }): Promise<unknown> {
    const server = selfSigned("federation");
    const [port = 0] = await freePorts(1);
    await federation.close();
    federation = await PhoneFederation.start({ port, tls: { ...server, clientAuthority: known.cert } }, claims);
    await restartWith({
      authoritiesFile: file("authorities.pem", server.cert),
      client: {
        authentication: "tls_client_auth",
        clientId: "wardkey",
        certificateFile: file("client.pem", broker.cert),
        keyFile: file("client.key", broker.key),
      },
    });
    return byPhone();
  }

  test("is asked over TLS", async () => {
    const broker = selfSigned("broker");
    expect(await signInBy(broker, broker)).toMatchObject({ means: "federated" });
  });

  test("does not answer another one", async () => {
    const other = signInBy(selfSigned("broker"), selfSigned("broker"));
    await expect(other).rejects.toEqual(refusal("federation-unreachable"));
    expect(last("sign-in-denied")?.detail).toBe("invalid_client");
  });
});

describe("nothing opens", () => {
  test.each<[string, Failure["code"], () => void]>([
    ["refused on the phone", "federation-refused", () => (federation.act = "refuses")],
    ["another person picks up", "federation-refused", () => (federation.answeredBy = "899700000001")],
    ["a lower level than asked for", "federation-refused", () => (federation.acr = "eidas2")],
  ])("%s", async (_case, code, arrange) => {
    arrange();
    const { request } = await client.askPhone(physician);
    await expect(client.awaitPhone(request)).rejects.toEqual(refusal(code));
    expect(last("sign-in-denied")).toMatchObject({ code, holder: physician });
    expect(last("session-opened")).toBeUndefined();
  });

  test("somebody whom the federation does not know", async () => {
    await expect(client.askPhone("899700099999")).rejects.toEqual(refusal("federation-refused"));
    expect(last("sign-in-denied")).toMatchObject({ code: "federation-refused", detail: "unknown_user_id" });
  });

  test.each(["", "1234", "99700075064; drop", "x".repeat(41)])("what is no identifier: “%s”", async typed => {
    await expect(client.askPhone(typed)).rejects.toBeInstanceOf(Failure);
    expect(federation.calls).toEqual([]);
  });

  test("a phone does not ring for ever: three times in five minutes", async () => {
    federation.act = "waits";
    for (let time = 0; time < 3; time += 1) await client.askPhone(physician);
    await expect(client.askPhone(physician)).rejects.toEqual(refusal("sign-in-throttled"));
    expect(federation.calls).toHaveLength(3);
    expect(last("sign-in-denied")).toMatchObject({ code: "sign-in-throttled", holder: physician });
    house.aheadMs += 300_001;
    await client.askPhone(physician);
    expect(federation.calls).toHaveLength(4);
  });

  test("another workstation takes an answer that it has not asked for", async () => {
    const other = new BrokerClient(await house.enrol("B"));
    const { request } = await client.askPhone(physician);
    await expect(other.awaitPhone(request)).rejects.toEqual(refusal("challenge-unknown"));
    expect(await client.awaitPhone(request)).toMatchObject({ means: "federated" });
    await expect(client.awaitPhone(request)).rejects.toEqual(refusal("challenge-unknown"));
    await other.close();
  });

  test("the federation is away, and is asked again when it is back", async () => {
    await federation.close();
    await expect(client.askPhone(physician)).rejects.toEqual(refusal("federation-unreachable"));
    federation = await PhoneFederation.start({ port: Number(new URL(federation.origin).port) }, claims);
    expect(await byPhone()).toMatchObject({ means: "federated" });
  });

  test("somebody whom the directory does not know, where it has to: his phone does not ring", async () => {
    house.configuration = { ...house.configuration, directory: { ...house.configuration.directory, required: true } };
    await house.restart();
    await expect(client.askPhone(physician)).rejects.toEqual(refusal("holder-not-in-directory"));
    expect(federation.calls).toEqual([]);
  });

  test("its metadata are another's", async () => {
    await restartWith({ issuer: "https://auth.example" });
    await expect(client.askPhone(physician)).rejects.toEqual(refusal("federation-unreachable"));
    expect(federation.calls).toEqual([]);
  });

  test("it does not know the broker by its secret", async () => {
    writeFileSync(join(house.directory, "federation-secret"), "another secret");
    await house.restart();
    await expect(client.askPhone(physician)).rejects.toEqual(refusal("federation-unreachable"));
    expect(last("sign-in-denied")?.detail).toContain("WWW-Authenticate");
  });
});
