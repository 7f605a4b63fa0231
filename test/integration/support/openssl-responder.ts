import { type ChildProcess, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import type { TestAuthority } from "../../fixtures/certificate-factory.ts";

export interface KnownCertificate {
  /** Hexadecimal. */
  readonly serial: string;
  readonly status: "good" | "revoked";
}

/** OpenSSL's own OCSP responder on loopback, over real certificates and real time. */
export class OpensslResponder {
  readonly #process: ChildProcess;
  readonly #port: number;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.#port = port;
  }

  /** Answers for `issuer`, signed by `signer`, about these certificates; each answer is good for an hour. */
  static async start(
    folder: string,
    issuer: TestAuthority,
    signer: TestAuthority,
    known: readonly KnownCertificate[],
  ): Promise<OpensslResponder> {
    const [port = 0] = await freePorts(1);
    const file = (name: string, content: string) => {
      const path = join(folder, `${port}-${name}`);
      writeFileSync(path, content);
      return path;
    };
    const pem = (der: Uint8Array) => new X509Certificate(der).toString();
    const written = ({ serial, status }: KnownCertificate) =>
      [
        status === "good" ? "V" : "R",
        "401231235959Z",
        status === "good" ? "" : "250101000000Z",
        serial,
        "unknown",
        "/CN=x",
      ].join("\t");
    const words = [
      ...["-index", file("index.txt", `${known.map(written).join("\n")}\n`)],
      ...["-CA", file("issuer.pem", pem(issuer.certificate))],
      ...["-rsigner", file("signer.pem", pem(signer.certificate))],
      ...["-rkey", file("signer.key", signer.key.export({ type: "pkcs8", format: "pem" }).toString())],
      ...["-port", String(port), "-nmin", "60"],
    ];
    const process = spawn("openssl", ["ocsp", ...words], { stdio: ["ignore", "ignore", "pipe"] });
    // Connecting to see whether it is there would be a question to it, and it takes one at a time.
    await told(process, "waiting for OCSP client connections");
    return new OpensslResponder(process, port);
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}

/** Waits for words on standard error. Rejects where the process ends instead. */
async function told(process: ChildProcess, words: string): Promise<void> {
  let text = "";
  const stream = process.stderr;
  for await (const part of stream?.iterator({ destroyOnReturn: false }) ?? []) {
    text += part;
    if (text.includes(words)) break;
  }
  stream?.resume();
  if (!text.includes(words)) throw new Error(`openssl: ${text}`);
}
