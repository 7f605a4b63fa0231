import { X509Certificate } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Where a reverse proxy says which client certificate it was shown. */
export interface CertificateHeaders {
  /** The certificate: PEM, percent-encoded or with its line breaks lost, or RFC 9440's `Client-Cert`. */
  readonly certificate: string;
  /** Reads `SUCCESS` where the proxy found the certificate issued by the hospital's authorities. */
  readonly verified: string | undefined;
}

/** As much of a request as a certificate is read from. */
export interface CertificateRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Client certificates that the reverse proxy in front was shown (RFC 8705). Believed from this machine only: whoever else can
 * reach the door could write any certificate into a header.
 */
export class ClientCertificates {
  readonly #headers: CertificateHeaders;

  constructor(headers: CertificateHeaders) {
    this.#headers = headers;
  }

  /** Whether the proxy says what its authorities think of a certificate. */
  get verifies(): boolean {
    return this.#headers.verified !== undefined;
  }

  of(request: CertificateRequest): X509Certificate | undefined {
    const written = believed(request, this.#headers.certificate);
    return written === undefined ? undefined : read(written);
  }

  isVerified(request: CertificateRequest): boolean {
    const { verified } = this.#headers;
    return verified !== undefined && believed(request, verified) === "SUCCESS";
  }

  /** Whether an alternative name of the certificate is this host's; the subject's common name is not looked at. */
  names(request: CertificateRequest, host: string): boolean {
    return this.of(request)?.checkHost(host, { subject: "never", wildcards: false }) !== undefined;
  }
}

function believed({ headers, socket }: CertificateRequest, header: string): string | undefined {
  const value = headers[header.toLowerCase()];
  return isLoopback(socket.remoteAddress) && typeof value === "string" && value !== "" ? value : undefined;
}

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}

function read(written: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64In(written), "base64"));
  } catch {
    return undefined;
  }
}

function base64In(written: string): string {
  const byteSequence = /^:([A-Za-z0-9+/=]+):$/.exec(written)?.[1];
  if (byteSequence !== undefined) return byteSequence;
  const pem = written.includes("%") ? decodeURIComponent(written) : written;
  return pem.replaceAll(/-----(?:BEGIN|END) CERTIFICATE-----|\s/g, "");
}
