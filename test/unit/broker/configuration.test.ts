import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfiguration } from "../../../broker/main/configuration.ts";

let folder: string;
const good = {
  store: "data/broker.sqlite",
  agents: { host: "127.0.0.1", port: 8443, origin: "https://broker.example:8443" },
  web: { host: "127.0.0.1", port: 8080, origin: "https://wardkey.example" },
  trust: { anchors: ["root.pem"], intermediates: [], crls: ["/abs/root.crl"] },
  places: [{ id: "c", name: "Cardiology", helpdeskPhone: "1", graceSeconds: 300 }],
  applications: [],
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(content: string): string {
  const file = join(folder, "broker.json");
  writeFileSync(file, content);
  return file;
}

describe("the broker's configuration", () => {
  test("is read with its defaults, relative paths from its own folder", () => {
    const configuration = readConfiguration(written(JSON.stringify(good)));
    expect(configuration).toMatchObject({
      demonstration: false,
      sessionHours: 12,
      store: join(folder, "data/broker.sqlite"),
    });
    expect(configuration.trust).toEqual({
      anchors: [join(folder, "root.pem")],
      intermediates: [],
      crls: ["/abs/root.crl"],
      keys: { leastRsaBits: 2048 },
      identity: "health-professional-fr",
      revocation: {
        sources: [],
        sourcesOfCertificates: false,
        ocsp: { use: "never" },
        whenOld: { rule: "deny" },
      },
      bundleKeys: [],
    });
  });

  test("names a database beside its files, with paths from its own folder", () => {
    const address = "postgresql://wardkey@db.hospital.example/wardkey";
    const named = { ...good, postgresql: { address, passwordFile: "password", authority: "/abs/ca.pem" } };
    expect(readConfiguration(written(JSON.stringify(named)))).toMatchObject({
      store: join(folder, "data/broker.sqlite"),
      postgresql: { address, passwordFile: join(folder, "password"), authority: "/abs/ca.pem" },
    });
  });

  test.each([
    ["no JSON", "{", "cannot be read as JSON"],
    ["a misspelt member", JSON.stringify({ ...good, demonstratoin: true }), "demonstratoin"],
    ["no anchor", JSON.stringify({ ...good, trust: { ...good.trust, anchors: [] } }), "anchors"],
    [
      "a database in the place of files",
      JSON.stringify({ ...good, store: "postgresql://db/wardkey" }),
      "a database stands in `postgresql`",
    ],
    [
      "a password in a database's address",
      JSON.stringify({ ...good, postgresql: { address: "postgresql://wardkey:secret@db/wardkey" } }),
      "a password belongs into a file",
    ],
    [
      "a source that is no address",
      JSON.stringify({ ...good, trust: { ...good.trust, revocation: { sources: ["aci.crl"] } } }),
      "sources",
    ],
    [
      "a grace longer than a shift allows",
      JSON.stringify({ ...good, places: [{ ...good.places[0], graceSeconds: 99_999 }] }),
      "graceSeconds",
    ],
    [
      "a place within nothing that is known",
      JSON.stringify({ ...good, places: [{ ...good.places[0], within: "hospital" }] }),
      "no place “hospital”",
    ],
    [
      "a place within itself",
      JSON.stringify({
        ...good,
        places: [
          { ...good.places[0], within: "d" },
          { ...good.places[0], id: "d", within: "c" },
        ],
      }),
      "within itself",
    ],
    [
      "a place for an application that is none",
      JSON.stringify({ ...good, places: [{ ...good.places[0], startApplication: "record" }] }),
      "no application “record”",
    ],
    ["a time zone that is none", JSON.stringify({ ...good, timeZone: "Europe/Ville" }), "no time zone"],
    ["an origin that is none", JSON.stringify({ ...good, web: { ...good.web, origin: "wardkey" } }), "origin"],
  ])("is refused by name: %s", (_what, content, named) => {
    expect(() => readConfiguration(written(content))).toThrow(named);
  });

  test("that is not there is said to be missing", () => {
    expect(() => readConfiguration(join(folder, "none.json"))).toThrow("none.json");
  });
});

describe("an application's client", () => {
  const application = (client: object, more: object = {}) => ({
    id: "record",
    name: "Record",
    icon: "folder",
    initiateLoginUri: "https://record.example/login",
    client: {
      clientId: "record",
      clientSecret: "x".repeat(32),
      redirectUris: ["https://record.example/callback"],
      ...client,
    },
    ...more,
  });
  const keyed = { clientSecret: undefined, jwks: { keys: [{ kty: "EC" }] } };
  const read = (applications: object[], more: object = {}) =>
    readConfiguration(written(JSON.stringify({ ...good, applications, ...more })));

  test("has its secret from a file beside the configuration", () => {
    writeFileSync(join(folder, "record.secret"), `${"y".repeat(40)}\n`);
    const { applications } = read([application({ clientSecret: undefined, clientSecretFile: "record.secret" })]);
    expect(applications[0]?.client?.clientSecret).toBe("y".repeat(40));
  });

  test("may use what the rest of the configuration has", () => {
    const web = { ...good.web, clientCertificateHeader: "x-cert", clientCertificateVerifiedHeader: "x-verified" };
    const resources = [{ identifier: "https://api.example/", scopes: ["read"] }];
    const issued = {
      clientSecret: undefined,
      tokenEndpointAuthMethod: "tls_client_auth",
      tlsClientAuthSanDns: "record.example",
    };
    const { applications } = read([application({ ...issued, resources: ["https://api.example/"] })], {
      web,
      identityProvider: { resources },
    });
    expect(applications).toHaveLength(1);
    expect(read([application({}, { targetLinkUri: "https://record.example/home" })]).applications).toHaveLength(1);
  });

  test.each<[string, object[], string]>([
    ["by another's name", [application({}), { ...application({}), id: "other" }], "clientId “record” is taken"],
    ["that starts elsewhere", [application({}, { targetLinkUri: "https://evil.example/" })], "another origin"],
    [
      "with a certificate that nobody hands over",
      [application({ ...keyed, tokenEndpointAuthMethod: "self_signed_tls_client_auth" })],
      "needs web.clientCertificateHeader",
    ],
    [
      "with tokens bound to such a one",
      [application({ tlsClientCertificateBoundAccessTokens: true })],
      "needs web.clientCertificateHeader",
    ],
    [
      "with an issued certificate that nobody judges",
      [
        application({
          clientSecret: undefined,
          tokenEndpointAuthMethod: "tls_client_auth",
          tlsClientAuthSanDns: "a.example",
        }),
      ],
      "needs web.clientCertificateVerifiedHeader",
    ],
    [
      "of a resource server that is not there",
      [application({ resources: ["https://api.example/"] })],
      "no resource server",
    ],
    ["whose secret's file is not there", [application({ clientSecret: undefined, clientSecretFile: "none" })], "none"],
  ])("%s does not start", (_what, applications, message) => {
    expect(() => read(applications)).toThrow(message);
  });
});
