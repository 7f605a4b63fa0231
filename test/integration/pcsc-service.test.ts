import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";

// The demonstration's PC/SC service, started by an ordinary user.

const folder = mkdtempSync(join(tmpdir(), "wardkey-service-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const module = pathToFileURL(join(import.meta.dirname, "../../demo/ward/pcsc-service.ts"));
const program = join(folder, "ward.mjs");
writeFileSync(
  program,
  `import { spawnSync } from "node:child_process";
import { ensurePcscService } from ${JSON.stringify(module.href)};
const service = await ensurePcscService();
// Not this process: what it starts must find the service, too.
console.log(process.getuid(), spawnSync("opensc-tool", ["-l"], { encoding: "utf8" }).stdout);
await service.stop();
`,
);

const asUser = (path: string) =>
  spawnSync("/usr/bin/unshare", ["--user", "--map-user=1000", "--map-group=1000", process.execPath, program], {
    encoding: "utf8",
    env: { ...process.env, PATH: path },
  });

const kept = () => readdirSync("/tmp").filter(name => name.startsWith("wardkey-pcscd-"));

test("runs without sudo, is found by what the ward starts, and leaves nothing", () => {
  const before = kept();
  const { stdout, stderr } = asUser(process.env["PATH"] ?? "");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^1000 /);
  expect(stdout).toContain("Virtual PCD 00 00");
  expect(kept()).toEqual(before);
});

test("where neither namespaces nor sudo are to be had, says what to do", () => {
  const { status, stderr } = asUser(folder);
  expect(status).toBe(1);
  expect(stderr).toContain("pcscd cannot be started");
  expect(stderr).toContain("as root: pcscd, or systemctl restart pcscd");
});
