import { Failure } from "../../errors/failure.ts";
import { writeDataObject } from "../ber-tlv.ts";
import type { KeyAlgorithm } from "../card-driver.ts";
import type { CardTransport } from "../card-transport.ts";
import type { CardCommand } from "../command-apdu.ts";
import { joseSignature } from "../ecdsa-signature.ts";
import { exchange } from "../exchange.ts";
import { sha256DigestInfo } from "../pkcs1-padding.ts";
import { refusal, success } from "../status-word.ts";

const sizes: Readonly<Record<KeyAlgorithm, number>> = { "rsa-2048": 256, "rsa-3072": 384, "p-256": 32, "p-384": 48 };
const template = { "internal-authenticate": 0xa4, "digital-signature": 0xb6 } as const;

/**
 * Names key and algorithm to the card (MANAGE SECURITY ENVIRONMENT: SET), then has it sign: a DigestInfo by RSA, to which the
 * card adds the padding, or a bare digest by ECDSA. Answers PKCS#1 v1.5 bytes or r ‖ s.
 */
export async function signWith(
  transport: CardTransport,
  how: "internal-authenticate" | "digital-signature",
  reference: { readonly key: number; readonly algorithm: number },
  algorithm: KeyAlgorithm,
  digest: Uint8Array,
): Promise<Uint8Array> {
  const isRsa = algorithm === "rsa-2048" || algorithm === "rsa-3072";
  const environment: CardCommand = {
    cla: 0,
    ins: 0x22,
    p1: 0x41,
    p2: template[how],
    data: Uint8Array.of(
      ...writeDataObject(0x80, Uint8Array.of(reference.algorithm)),
      ...writeDataObject(0x84, Uint8Array.of(reference.key)),
    ),
  };
  const set = await exchange(transport, environment, false);
  if (set.status !== success) throw refusal(set.status, "MANAGE SECURITY ENVIRONMENT");
  const data = isRsa ? sha256DigestInfo(digest) : digest;
  const command: CardCommand =
    how === "internal-authenticate"
      ? { cla: 0, ins: 0x88, p1: 0, p2: 0, data, expected: 256 }
      : { cla: 0, ins: 0x2a, p1: 0x9e, p2: 0x9a, data, expected: 256 };
  const answer = await exchange(transport, command, false);
  if (answer.status !== success) throw refusal(answer.status, "signature");
  return signatureIn(answer.data, isRsa, sizes[algorithm]);
}

/** ECDSA comes as r ‖ s from some cards and in DER from others. */
function signatureIn(answer: Uint8Array, isRsa: boolean, size: number): Uint8Array {
  if (answer.length === 0) throw new Failure("card-answer-malformed", { detail: "success without a signature" });
  if (!isRsa && answer.length !== size * 2) return joseSignature(answer, size);
  if (isRsa && answer.length !== size)
    throw new Failure("card-answer-malformed", { detail: "signature of another length" });
  return answer;
}
