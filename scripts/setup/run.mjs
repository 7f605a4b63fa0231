import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureNpmPackages } from "./ensure-npm-packages.mjs";
import { ensureSystemPackages, packagesToStart } from "./ensure-system-packages.mjs";
import { environment, node24, root } from "./root.mjs";

/** All that the demonstration ward needs: system packages, npm packages, the window built from its present source. */
export function prepareDemonstration(systemPackages = packagesToStart) {
  try {
    ensureSystemPackages(systemPackages);
    ensureNpmPackages();
  } catch (problem) {
    console.error(`wardkey: ${problem.message}`);
    process.exit(1);
  }
  const build = ["build", "--config", "renderer/vite.config.ts", "--logLevel", "warn"];
  const built = spawnSync("vite", build, { cwd: root, env: environment, stdio: ["ignore", 2, 2] });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

/** Runs a TypeScript program of ours on Node 24 in place of this one: its signals, its output, its status. */
export function runToTheEnd(program, words, { privately = false } = {}) {
  const command = [node24, join(root, program), ...words];
  if (privately) command.unshift(join(root, "scripts/private-machine.sh"));
  const child = spawn(command[0], command.slice(1), { cwd: root, env: environment, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}
