import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import { serviceProviderKey } from "../../fixtures/saml-service-provider.ts";

const modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "dir", "filter", "include", "auth_mellon"];
const page = '<!--#printenv --><!--#echo var="REMOTE_USER" -->';

/**
 * Debian's Apache with mod_auth_mellon: a service provider of another maker's, on loopback and plain HTTP. `/private/` shows what it was
 * told of who signed in, as its environment.
 */
export class ApacheMellon {
  readonly origin: string;
  /** Its metadata, in a file. */
  readonly metadata: string;
  readonly key: string;
  readonly certificate: string;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.origin = `http://127.0.0.1:${port}`;
    this.metadata = join(folder, "sp.xml");
    const { key, certificate } = serviceProviderKey();
    this.key = key;
    this.certificate = certificate;
  }

  get entityId(): string {
    return `${this.origin}/mellon/metadata`;
  }

  /** Its keys and metadata, so that the broker can be told of it. */
  static async prepare(): Promise<ApacheMellon> {
    const [port = 0] = await freePorts(1);
    const apache = new ApacheMellon(mkdtempSync(join(tmpdir(), "wardkey-apache-")), port);
    writeFileSync(apache.metadata, apache.#metadata());
    writeFileSync(apache.#file("sp.key"), apache.key);
    writeFileSync(apache.#file("sp.crt"), apache.certificate);
    mkdirSync(apache.#file("pages/private"), { recursive: true });
    writeFileSync(apache.#file("pages/private/index.shtml"), page);
    writeFileSync(apache.#file("pages/index.html"), "out");
    return apache;
  }

  /** `directives`: more of mod_auth_mellon's. `signer`: whose signature the metadata must have, in PEM; absent: they are believed. */
  async start(identityProviderMetadata: string, directives: readonly string[], signer?: string): Promise<void> {
    if (signer !== undefined) writeFileSync(this.#file("signer.crt"), signer);
    writeFileSync(this.#file("idp.xml"), identityProviderMetadata);
    writeFileSync(this.#file("apache.conf"), this.#configuration(directives, signer !== undefined));
    const words = ["-d", this.#folder, "-f", this.#file("apache.conf"), "-D", "FOREGROUND"];
    // Apache does not serve as root, and a private machine's root may be nobody else: it gets another name.
    const started =
      process.getuid?.() === 0
        ? spawn("unshare", ["--user", "--map-user=33", "--map-group=33", "apache2", ...words], { stdio: "ignore" })
        : spawn("apache2", words, { stdio: "ignore" });
    this.#process = started;
    await answering(this.#port, started, () => this.log());
  }

  log(): string {
    return readFileSync(this.#file("error.log"), "utf8");
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running !== undefined && running.exitCode === null) {
      const ended = once(running, "exit");
      running.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  #configuration(directives: readonly string[], checksMetadata: boolean): string {
    return [
      ...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      `Listen 127.0.0.1:${this.#port}`,
      `ServerName 127.0.0.1:${this.#port}`,
      `PidFile ${this.#file("pid")}`,
      `ErrorLog ${this.#file("error.log")}`,
      `DefaultRuntimeDir ${this.#folder}`,
      "KeepAlive Off",
      "StartServers 1",
      `DocumentRoot ${this.#file("pages")}`,
      "DirectoryIndex index.shtml index.html",
      `MellonLockFile ${this.#file("mellon.lock")}`,
      "<Location />",
      "  MellonEnable info",
      "  MellonEndpointPath /mellon",
      "  MellonDefaultLoginPath /private/",
      `  MellonSPMetadataFile ${this.metadata}`,
      `  MellonSPPrivateKeyFile ${this.#file("sp.key")}`,
      `  MellonSPCertFile ${this.#file("sp.crt")}`,
      `  MellonIdPMetadataFile ${this.#file("idp.xml")} ${checksMetadata ? this.#file("signer.crt") : ""}`,
      ...directives.map(line => `  ${line}`),
      "</Location>",
      "<Location /private>",
      "  MellonEnable auth",
      "  AuthType Mellon",
      "  Require valid-user",
      "  Options +Includes",
      "  SetOutputFilter INCLUDES",
      "</Location>",
      "",
    ].join("\n");
  }

  #metadata(): string {
    const certificate = this.certificate.replace(/-----[A-Z ]+-----|\s/g, "");
    const binding = (name: string) => `urn:oasis:names:tc:SAML:2.0:bindings:${name}`;
    return `<?xml version="1.0" encoding="UTF-8"?>
<!-- As a person would write it. -->
<EntityDescriptor entityID="${this.entityId}" xmlns="urn:oasis:names:tc:SAML:2.0:metadata">
  <SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor>
      <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo>
    </KeyDescriptor>
    <SingleLogoutService Binding="${binding("SOAP")}" Location="${this.origin}/mellon/logout"/>
    <SingleLogoutService Binding="${binding("HTTP-Redirect")}" Location="${this.origin}/mellon/logout"/>
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <AssertionConsumerService index="0" isDefault="true" Binding="${binding("HTTP-POST")}" Location="${this.origin}/mellon/postResponse"/>
    <AssertionConsumerService index="1" Binding="${binding("HTTP-Artifact")}" Location="${this.origin}/mellon/artifactResponse"/>
  </SPSSODescriptor>
</EntityDescriptor>
`;
  }
}

async function answering(port: number, process: ChildProcess, log: () => string): Promise<void> {
  while (process.exitCode === null) {
    const line = connect(port, "127.0.0.1");
    const open = await new Promise<boolean>(resolve => {
      line.once("connect", () => resolve(true));
      line.once("error", () => resolve(false));
    });
    line.destroy();
    if (open) return;
    await new Promise(resolve => setImmediate(resolve));
  }
  throw new Error(`apache2 ended with ${process.exitCode}: ${log()}`);
}
