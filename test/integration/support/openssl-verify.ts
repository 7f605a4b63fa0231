import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { factoryNow, type TestHouse } from "../../fixtures/certificate-factory.ts";

function pem(label: string, ders: readonly Uint8Array[]): string {
  const body = (der: Uint8Array) =>
    Buffer.from(der)
      .toString("base64")
      .replaceAll(/.{64}(?!$)/g, "$&\n");
  return ders.map(der => `-----BEGIN ${label}-----\n${body(der)}\n-----END ${label}-----\n`).join("");
}

/** What the openssl command says of a leaf in a house, by lists for the whole path: `OK`, or its complaint. */
export function opensslVerify(house: TestHouse, leaf: Uint8Array, ...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "wardkey-openssl-"));
  const write = (name: string, label: string, ders: readonly Uint8Array[]) => {
    const file = join(folder, name);
    writeFileSync(file, pem(label, ders));
    return file;
  };
  const files = [
    ...["-CAfile", write("anchors.pem", "CERTIFICATE", house.anchors)],
    ...(house.intermediates.length === 0 ? [] : ["-untrusted", write("bag.pem", "CERTIFICATE", house.intermediates)]),
    ...(house.crls.length === 0 ? [] : ["-CRLfile", write("lists.pem", "X509 CRL", house.crls)]),
  ];
  const checks = ["-crl_check_all", "-extended_crl", "-use_deltas", "-attime", `${factoryNow / 1_000}`];
  const words = [
    "verify",
    "-no-CApath",
    "-no-CAstore",
    ...checks,
    ...options,
    ...files,
    write("leaf.pem", "CERTIFICATE", [leaf]),
  ];
  const { status, stdout, stderr } = spawnSync("openssl", words, { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return status === 0 ? "OK" : `${stdout}${stderr}`;
}
