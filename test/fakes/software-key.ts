import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const userPresent = 0x01;
const attestedData = 0x40;

/** A security key in software: what a browser would hand over, as JSON (WebAuthn Level 3, sections 5.1, 6.1 and 6.5.1). ES256, no attestation. */
export class SoftwareKey {
  readonly id = randomBytes(16);
  counter = 0;
  readonly #key: KeyObject;
  readonly #cose: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#key = privateKey;
    // CBOR of {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9052, section 7).
    this.#cose = Buffer.concat([
      Buffer.from("a5010203262001215820", "hex"),
      Buffer.from(x, "base64url"),
      Buffer.from("225820", "hex"),
      Buffer.from(y, "base64url"),
    ]);
  }

  register(origin: string, challenge: string): object {
    const length = Buffer.from([0, this.id.length]);
    const data = Buffer.concat([
      this.#data(origin, userPresent | attestedData),
      Buffer.alloc(16),
      length,
      this.id,
      this.#cose,
    ]);
    // CBOR of {"fmt": "none", "attStmt": {}, "authData": data}.
    const attestation = Buffer.concat([
      Buffer.from("a363666d74646e6f6e656761747453746d74a0686175746844617461", "hex"),
      Buffer.from([0x58, data.length]),
      data,
    ]);
    const clientDataJSON = clientData("webauthn.create", origin, challenge);
    return this.#credential({ clientDataJSON, attestationObject: attestation, transports: ["usb"] });
  }

  answer(origin: string, challenge: string): object {
    this.counter += 1;
    const authenticatorData = this.#data(origin, userPresent);
    const clientDataJSON = clientData("webauthn.get", origin, challenge);
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), this.#key);
    return this.#credential({ clientDataJSON, authenticatorData, signature });
  }

  #data(origin: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([flags]), counter]);
  }

  #credential(response: Readonly<Record<string, Buffer | readonly string[]>>): object {
    const id = this.id.toString("base64url");
    const written = Object.entries(response).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString("base64url") : value,
    ]);
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response: Object.fromEntries(written) };
  }
}

function clientData(type: string, origin: string, challenge: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}
