import { freePorts } from "../../../demo/ward/free-ports.ts";
import { serviceProviderKey } from "../../fixtures/saml-service-provider.ts";
import { Apache } from "./apache.ts";

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
  readonly #apache: Apache;

  private constructor(apache: Apache) {
    this.#apache = apache;
    this.origin = apache.origin;
    const { key, certificate } = serviceProviderKey();
    this.key = key;
    this.certificate = certificate;
    this.metadata = apache.write("sp.xml", this.#metadata());
    apache.write("sp.key", key);
    apache.write("sp.crt", certificate);
    apache.write("pages/private/index.shtml", page);
  }

  get entityId(): string {
    return `${this.origin}/mellon/metadata`;
  }

  /** Its keys and metadata, so that the broker can be told of it. */
  static async prepare(): Promise<ApacheMellon> {
    const [port = 0] = await freePorts(1);
    return new ApacheMellon(new Apache(port));
  }

  /** `directives`: more of mod_auth_mellon's. `signer`: whose signature the metadata must have, in PEM; absent: they are believed. */
  async start(identityProviderMetadata: string, directives: readonly string[], signer?: string): Promise<void> {
    const metadata = this.#apache.write("idp.xml", identityProviderMetadata);
    const checkedBy = signer === undefined ? "" : this.#apache.write("signer.crt", signer);
    await this.#apache.start("auth_mellon", [
      "KeepAlive Off",
      "DirectoryIndex index.shtml index.html",
      `MellonLockFile ${this.#apache.file("mellon.lock")}`,
      "<Location />",
      "  MellonEnable info",
      "  MellonEndpointPath /mellon",
      "  MellonDefaultLoginPath /private/",
      `  MellonSPMetadataFile ${this.metadata}`,
      `  MellonSPPrivateKeyFile ${this.#apache.file("sp.key")}`,
      `  MellonSPCertFile ${this.#apache.file("sp.crt")}`,
      `  MellonIdPMetadataFile ${metadata} ${checkedBy}`,
      ...directives.map(line => `  ${line}`),
      "</Location>",
      "<Location /private>",
      "  MellonEnable auth",
      "  AuthType Mellon",
      "  Require valid-user",
      "  Options +Includes",
      "  SetOutputFilter INCLUDES",
      "</Location>",
    ]);
  }

  log(): string {
    return this.#apache.log();
  }

  stop(): Promise<void> {
    return this.#apache.stop();
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
