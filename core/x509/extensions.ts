import type { CertificateExtension } from "./build-certificate.ts";
import {
  boolean,
  explicit,
  implicit,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  utf8String,
} from "./der-writer.ts";

/** Bits of KeyUsage, RFC 5280 4.2.1.3. */
export const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;

const encoder = new TextEncoder();

/** The extensions that certificates of ours carry, each as RFC 5280 section 4.2 writes it. */
export const extensions = {
  basicConstraints: (authority: boolean, pathLength?: number): CertificateExtension => ({
    oid: "2.5.29.19",
    critical: true,
    value: sequence(...(authority ? [boolean(true)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])),
  }),
  keyUsage: (...usages: readonly (keyof typeof keyUsageBits)[]): CertificateExtension => ({
    oid: "2.5.29.15",
    critical: true,
    value: namedBits(...usages.map(usage => keyUsageBits[usage])),
  }),
  extendedKeyUsage: (...purposes: readonly string[]): CertificateExtension => ({
    oid: "2.5.29.37",
    critical: false,
    value: sequence(...purposes.map(objectIdentifier)),
  }),
  subjectKeyIdentifier: (identifier: Uint8Array): CertificateExtension => ({
    oid: "2.5.29.14",
    critical: false,
    value: octetString(identifier),
  }),
  authorityKeyIdentifier: (identifier: Uint8Array): CertificateExtension => ({
    oid: "2.5.29.35",
    critical: false,
    value: sequence(implicit(0, identifier)),
  }),
  certificatePolicies: (...policies: readonly string[]): CertificateExtension => ({
    oid: "2.5.29.32",
    critical: false,
    value: sequence(...policies.map(policy => sequence(objectIdentifier(policy)))),
  }),
  crlDistributionPoint: (url: string): CertificateExtension => ({
    oid: "2.5.29.31",
    critical: false,
    value: sequence(sequence(explicit(0, explicit(0, implicit(6, encoder.encode(url)))))),
  }),
  /** Microsoft's user principal name as otherName. */
  userPrincipalName: (name: string): CertificateExtension => ({
    oid: "2.5.29.17",
    critical: false,
    value: sequence(explicit(0, objectIdentifier("1.3.6.1.4.1.311.20.2.3"), explicit(0, utf8String(name)))),
  }),
  crlNumber: (value: number): CertificateExtension => ({ oid: "2.5.29.20", critical: false, value: integer(value) }),
  /** An extension of our own making: the given DER under the given OID. */
  other: (oid: string, value: Uint8Array): CertificateExtension => ({ oid, critical: false, value }),
} as const;
