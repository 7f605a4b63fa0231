import { spawnSync } from "node:child_process";
import { join } from "node:path";

export interface ServerCertificate {
  /** PEM; it is its own authority. */
  readonly certificate: string;
  readonly key: string;
}

/** A certificate for these names (`DNS:localhost`, `IP:127.0.0.1`), of its own authority, as files in this folder. */
export function serverCertificate(folder: string, names: readonly string[], stem = "server"): ServerCertificate {
  const files = { certificate: join(folder, `${stem}.pem`), key: join(folder, `${stem}-key.pem`) };
  const words = [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"],
    ...["-subj", "/CN=directory", "-addext", `subjectAltName=${names.join(",")}`],
    ...["-keyout", files.key, "-out", files.certificate],
  ];
  const made = spawnSync("openssl", words, { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr || made.error}`);
  return files;
}
