import { concatBytes } from "../../bytes/bytes.ts";
import { writeDataObject } from "../ber-tlv.ts";
import type { KeyAlgorithm } from "../card-driver.ts";
import type { CardTransport } from "../card-transport.ts";
import type { CardCommand } from "../command-apdu.ts";
import { exchange } from "../exchange.ts";
import { pkcs1SignatureBlock, sha256DigestInfo } from "../pkcs1-padding.ts";
import { isRsa, signatureIn, signatureSizes } from "../signature-answer.ts";
import { refusal, success } from "../status-word.ts";

/** INTERNAL AUTHENTICATE; PSO: COMPUTE DIGITAL SIGNATURE; or PSO: DECIPHER of a block that is padded here. */
export type SigningCommand = "internal-authenticate" | "digital-signature" | "decipher";

const template: Readonly<Record<SigningCommand, number>> = {
  "internal-authenticate": 0xa4,
  "digital-signature": 0xb6,
  decipher: 0xb8,
};

/**
 * Names key and algorithm to the card (MANAGE SECURITY ENVIRONMENT: SET), then has it sign: a DigestInfo by RSA, to which the
 * card adds the padding, a whole block where it only deciphers, or a bare digest by ECDSA. Answers PKCS#1 v1.5 bytes or r ‖ s.
 */
export async function signWith(
  transport: CardTransport,
  how: SigningCommand,
  reference: { readonly key: number; readonly algorithm: number },
  algorithm: KeyAlgorithm,
  digest: Uint8Array,
): Promise<Uint8Array> {
  const environment: CardCommand = {
    cla: 0,
    ins: 0x22,
    p1: 0x41,
    p2: template[how],
    data: environmentOf(how, reference),
  };
  const set = await exchange(transport, environment, false);
  if (set.status !== success) throw refusal(set.status, "MANAGE SECURITY ENVIRONMENT");
  const answer = await exchange(transport, commandOf(how, algorithm, digest), false);
  if (answer.status !== success) throw refusal(answer.status, "signature");
  return signatureIn(answer.data, algorithm);
}

function environmentOf(how: SigningCommand, { key, algorithm }: { readonly key: number; readonly algorithm: number }) {
  if (how === "decipher") return writeDataObject(0x83, Uint8Array.of(key));
  return concatBytes(writeDataObject(0x80, Uint8Array.of(algorithm)), writeDataObject(0x84, Uint8Array.of(key)));
}

function commandOf(how: SigningCommand, algorithm: KeyAlgorithm, digest: Uint8Array): CardCommand {
  const common = { cla: 0, expected: 256 };
  const data = isRsa(algorithm) ? sha256DigestInfo(digest) : digest;
  switch (how) {
    case "internal-authenticate":
      return { ...common, ins: 0x88, p1: 0, p2: 0, data };
    case "digital-signature":
      return { ...common, ins: 0x2a, p1: 0x9e, p2: 0x9a, data };
    case "decipher":
      return { ...common, ins: 0x2a, p1: 0x80, p2: 0x86, data: pkcs1SignatureBlock(digest, signatureSizes[algorithm]) };
    default:
      return how satisfies never;
  }
}
