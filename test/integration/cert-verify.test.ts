import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { factoryNow, goodHouse } from "../fixtures/certificate-factory.ts";

const base64 = (der: Uint8Array) => Buffer.from(der).toString("base64");
const { issuing, material } = goodHouse();
const question = (leaf: Uint8Array) =>
  JSON.stringify({
    id: "a",
    trustAnchors: material.anchors.map(base64),
    intermediates: material.intermediates.map(base64),
    leaf: base64(leaf),
    crls: material.crls.map(base64),
    validationTime: new Date(factoryNow).toISOString(),
    revocation: "crl",
  });

function run(input: string, ...options: string[]) {
  const main = fileURLToPath(new URL("../../command-line/main.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "cert", "verify", ...options], {
    input,
    encoding: "utf8",
  });
  const answers = stdout
    .trim()
    .split("\n")
    .map(line => JSON.parse(line));
  return { status, stderr, reasons: answers.map(({ reason }) => reason) };
}

describe("wardkey cert verify", () => {
  const good = question(issuing.issue());
  const bad = question(issuing.issue({ notAfter: factoryNow - 1_000 }));

  test("answers one question, written over several lines", () => {
    const written = JSON.stringify(JSON.parse(good), undefined, 2);
    expect(run(written, "--json")).toEqual({ status: 0, stderr: "", reasons: ["ok"] });
    expect(run(bad)).toEqual({ status: 0, stderr: "", reasons: ["expired"] });
    expect(run("")).toEqual({ status: 0, stderr: "", reasons: ["input-malformed"] });
  });

  test("answers every line of a stream, whatever stands in one", () => {
    const input = [good, "{", bad, "null", '{"id":3}', good].join("\n");
    const reasons = ["ok", "input-malformed", "expired", "input-malformed", "input-malformed", "ok"];
    expect(run(input, "--stream", "--json")).toEqual({ status: 0, stderr: "", reasons });
  });
});
