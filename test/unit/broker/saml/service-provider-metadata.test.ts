import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "../../../../broker/main/configuration.ts";
import { bindings, namespaces } from "../../../../broker/saml/names.ts";
import { readServiceProviderMetadata } from "../../../../broker/saml/service-provider-metadata.ts";
import { serviceProviderKey } from "../../../fixtures/saml-service-provider.ts";

const { certificate } = serviceProviderKey();
const bare = certificate.replace(/-----[A-Z ]+-----|\s/g, "");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wardkey-saml-metadata-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const consumers = `<md:AssertionConsumerService index="3" Binding="${bindings.post}" Location="https://sp.example/acs"/>
  <md:AssertionConsumerService index="4" isDefault="true" Binding="${bindings.post}" Location="https://sp.example/acs/4"/>
  <md:AssertionConsumerService index="5" Binding="urn:oasis:names:tc:SAML:2.0:bindings:PAOS" Location="https://sp.example/paos"/>`;
const key = (use: string) =>
  `<md:KeyDescriptor${use}><ds:KeyInfo xmlns:ds="${namespaces.signature}"><ds:X509Data><ds:X509Certificate>
    ${bare}
  </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

function metadata(content: string, attributes = ""): string {
  return `<?xml version="1.0"?>
<!-- Written by a person. -->
<md:EntityDescriptor xmlns:md="${namespaces.metadata}" entityID="https://sp.example">
  <md:SPSSODescriptor protocolSupportEnumeration="${namespaces.protocol}"${attributes}>${content}</md:SPSSODescriptor>
</md:EntityDescriptor>`;
}

function file(text: string, name = "sp.xml"): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe("a service provider's metadata", () => {
  test("say where it is, with what it signs, and for whom to encrypt", () => {
    const services = `<md:SingleLogoutService Binding="${bindings.soap}" Location="https://sp.example/soap"/>
      <md:SingleLogoutService Binding="${bindings.redirect}" Location="https://sp.example/slo" ResponseLocation="https://sp.example/slo/answer"/>`;
    const text = metadata(`${key("")}${services}${consumers}`, ' AuthnRequestsSigned="1"');
    const read = readServiceProviderMetadata(file(text));
    expect(read).toMatchObject({
      entityId: "https://sp.example",
      assertionConsumerServices: [
        { url: "https://sp.example/acs", index: 3, default: false },
        { url: "https://sp.example/acs/4", index: 4, default: true },
      ],
      singleLogoutServices: [
        { binding: "soap", url: "https://sp.example/soap" },
        { binding: "redirect", url: "https://sp.example/slo/answer" },
      ],
      requestsSigned: true,
    });
    expect(read.signingCertificates).toHaveLength(1);
    expect(read.encryptionCertificate).toBe(read.signingCertificates[0]);
  });

  test("a key for one use is not used for the other", () => {
    const read = readServiceProviderMetadata(file(metadata(key(' use="signing"') + consumers)));
    expect(read.encryptionCertificate).toBeUndefined();
    const other = readServiceProviderMetadata(file(metadata(key(' use="encryption"') + consumers)));
    expect(other.signingCertificates).toEqual([]);
  });

  test.each([
    ["that are not XML", "half <"],
    ["with a document type", `<!DOCTYPE x>${metadata(consumers)}`],
    ["of an identity provider", metadata(consumers).replaceAll("SPSSO", "IDPSSO")],
    ["of two roles", metadata(`</md:SPSSODescriptor><md:SPSSODescriptor>${consumers}`)],
    ["without a name", metadata(consumers).replace("entityID", "id")],
    ["without a place for assertions", metadata("")],
    ["whose place for assertions is a script", metadata(consumers.replace("https://sp.example/acs", "javascript:x"))],
    ["with half a certificate", metadata(key("").replace(bare, bare.slice(0, 200)) + consumers)],
    ["that sign without a key", metadata(consumers, ' AuthnRequestsSigned="true"')],
  ])("metadata %s are refused, by the file's name", (_name, text) => {
    expect(() => readServiceProviderMetadata(file(text))).toThrow(/sp\.xml cannot be used/);
  });

  test("a file that is not there is named", () => {
    expect(() => readServiceProviderMetadata(join(folder, "none.xml"))).toThrow(/none\.xml/);
  });
});

describe("in the broker's configuration", () => {
  const application = { id: "pharmacy", name: "Pharmacy", icon: "pill" };
  const client = {
    clientId: "a",
    clientSecret: "a secret of at least thirty-two characters",
    redirectUris: ["https://a.example/"],
    backchannelLogoutUri: "https://a.example/",
  };
  const serviceProvider = { entityId: "sp", assertionConsumerServices: [{ url: "https://sp.example/acs" }] };

  function configured(...changes: object[]) {
    return readConfiguration(
      file(
        JSON.stringify({
          store: "broker.sqlite",
          agents: { host: "127.0.0.1", port: 1, origin: "https://127.0.0.1:1" },
          web: { host: "127.0.0.1", port: 2, origin: "http://127.0.0.1:2" },
          trust: { anchors: ["a.pem"], intermediates: ["i.pem"], crls: [] },
          places: [{ id: "ward", name: "Ward", helpdeskPhone: "1", graceSeconds: 0 }],
          applications: changes.map(change => ({ ...application, ...change })),
        }),
        "broker.json",
      ),
    ).applications[0];
  }

  test("metadata are read from beside the file, and stand where they would have been written", () => {
    file(metadata(key("") + consumers));
    const read = configured({ saml: { metadata: "sp.xml", encryptAssertions: true } });
    expect(read?.saml).toMatchObject({ serviceProvider: { entityId: "https://sp.example" }, encryptAssertions: true });
    expect(read?.saml).not.toHaveProperty("metadata");
    expect(configured({ saml: { serviceProvider } })?.saml?.nameId).toEqual({
      format: "persistent",
      value: "pairwise",
    });
  });

  test.each([
    ["no way to sign in", {}],
    ["two ways", { client, initiateLoginUri: "https://a.example/", saml: { serviceProvider } }],
    ["an OpenID client without its start", { client }],
    ["a start of the other protocol", { saml: { serviceProvider }, initiateLoginUri: "https://a.example/" }],
    ["the context hub without a client", { saml: { serviceProvider }, fhircast: true }],
    ["metadata twice", { saml: { serviceProvider, metadata: "sp.xml" } }],
    ["no metadata", { saml: {} }],
    ["encryption for nobody", { saml: { serviceProvider, encryptAssertions: true } }],
    [
      "signed requests that nobody can check",
      { saml: { serviceProvider: { ...serviceProvider, requestsSigned: true } } },
    ],
    ["a claim that there is not", { saml: { serviceProvider, attributes: { x: "password" } } }],
  ])("%s is refused", (_name, change) => {
    expect(() => configured(change)).toThrow(/no broker configuration/);
  });

  test("two applications of one name are refused: a message could be of either", () => {
    const saml = { serviceProvider };
    expect(() => configured({ saml }, { id: "other", saml })).toThrow(/entityId “sp” is taken/);
  });

  test("encryption for metadata that have no certificate is refused", () => {
    file(metadata(consumers), "keyless.xml");
    expect(() => configured({ saml: { metadata: "keyless.xml", encryptAssertions: true } })).toThrow(/keyless\.xml/);
  });
});
