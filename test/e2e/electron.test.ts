import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright-core";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pathFile = join(root, "node_modules/electron/path.txt");
const binary = existsSync(pathFile)
  ? join(root, "node_modules/electron/dist", readFileSync(pathFile, "utf8"))
  : undefined;
const main = join(root, "dist/electron/main.js");
const hasDisplay = process.platform !== "linux" || (process.env["DISPLAY"] ?? "") !== "";

const reason =
  binary === undefined || !existsSync(binary)
    ? "no Electron binary here"
    : !existsSync(main)
      ? "dist/electron is not built"
      : hasDisplay
        ? undefined
        : "no display";

test.skipIf(reason !== undefined)(
  `Electron starts and says what is missing (skipped where: ${reason ?? "-"})`,
  async () => {
    const state = await mkdtemp(join(tmpdir(), "wardkey-electron-"));
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const electron = await _electron.launch({
      executablePath: binary ?? "",
      args: [...sandbox, main, "--state", state],
      cwd: root,
    });
    const lines: string[] = [];
    electron.process().stderr?.on("data", data => lines.push(String(data)));
    const code = await new Promise(resolve => electron.process().once("exit", resolve));
    // Not enrolled: it must neither hang nor show anything.
    expect(code).toBe(1);
    expect(lines.join("")).toContain("workstation-not-started");
    await rm(state, { recursive: true, force: true });
  },
);
