import { constants, createCipheriv, publicEncrypt, randomBytes } from "node:crypto";
import { algorithms, namespaces } from "./names.ts";
import { element, type Markup } from "./write-xml.ts";

/**
 * An assertion that only the holder of this certificate's key can read (saml-core-2.0-os, section 2.3.4): AES-256-GCM under a fresh
 * key, and the key under RSA-OAEP (xmlenc-core1, sections 5.2.4 and 5.5.2). OAEP with SHA-1, which every reader knows: nothing in it
 * rests on collisions.
 */
export function encryptAssertion({ text }: Markup, certificate: string): Markup {
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const bytes = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  const wrapped = publicEncrypt({ key: certificate, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, key);
  return element(
    "saml:EncryptedAssertion",
    { "xmlns:saml": namespaces.assertion },
    element(
      "xenc:EncryptedData",
      { "xmlns:xenc": namespaces.encryption, Type: `${namespaces.encryption}Element` },
      element("xenc:EncryptionMethod", { Algorithm: algorithms.aes256Gcm }),
      element(
        "ds:KeyInfo",
        { "xmlns:ds": namespaces.signature },
        element(
          "xenc:EncryptedKey",
          {},
          element(
            "xenc:EncryptionMethod",
            { Algorithm: algorithms.rsaOaep },
            element("ds:DigestMethod", { Algorithm: algorithms.sha1 }),
          ),
          cipherData(wrapped),
        ),
      ),
      cipherData(bytes),
    ),
  );
}

function cipherData(bytes: Uint8Array): Markup {
  return element("xenc:CipherData", {}, element("xenc:CipherValue", {}, Buffer.from(bytes).toString("base64")));
}
