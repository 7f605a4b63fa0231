import { expect, test } from "vitest";
import { nodeSignatureVerifier } from "../../../../broker/trust/node-signature-verifier.ts";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { SearchBudget } from "../../../../core/certificate/path/search-budget.ts";
import { SignatureMemory } from "../../../../core/certificate/path/signature-memory.ts";
import type { SignatureVerifier } from "../../../../core/ports/signature-verifier.ts";
import { TestAuthority } from "../../../fixtures/certificate-factory.ts";

const authority = new TestAuthority("ISSUING");
const other = new TestAuthority("ISSUING");
const [signer, stranger] = [authority, other].map(({ certificate }) => readCertificate(certificate));
if (signer === undefined || stranger === undefined) throw new Error("no authorities");
const der = authority.crl();

function counting() {
  const real = nodeSignatureVerifier();
  const checked: Uint8Array[] = [];
  const verifier: SignatureVerifier = {
    verify(scheme, publicKey, data, signature) {
      checked.push(publicKey);
      return real.verify(scheme, publicKey, data, signature);
    },
  };
  return { memory: new SignatureMemory(verifier), checked };
}

test("a signature is checked once for each key, good or not", () => {
  const { memory, checked } = counting();
  const list = readCertificateList(der);
  for (let turn = 0; turn < 3; turn += 1) {
    expect(memory.isSigned(list, signer, new SearchBudget())).toBe(true);
    expect(memory.isSigned(list, stranger, new SearchBudget())).toBe(false);
  }
  expect(checked).toHaveLength(2);
});

test("what is known from elsewhere is not checked again, for that thing and those keys alone", () => {
  const { memory, checked } = counting();
  const list = readCertificateList(der);
  memory.learn(list, [{ publicKey: Uint8Array.from(signer.publicKey), isGood: true }]);
  expect(memory.isSigned(list, signer, new SearchBudget())).toBe(true);
  expect(checked).toHaveLength(0);
  expect(memory.isSigned(list, stranger, new SearchBudget())).toBe(false);
  const touched = readCertificateList(Uint8Array.from(der, (byte, at) => (at === der.length - 3 ? byte ^ 1 : byte)));
  expect(memory.isSigned(touched, signer, new SearchBudget())).toBe(false);
  expect(checked).toEqual([stranger.publicKey, signer.publicKey]);
});
