// `npm test`: sets up what is missing, then runs every check and every suite. Arguments go to vitest.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureNpmPackages } from "./setup/ensure-npm-packages.mjs";
import { ensureSystemPackages, packagesToTest } from "./setup/ensure-system-packages.mjs";
import { environment, root } from "./setup/root.mjs";

function run(title, command, ...words) {
  console.log(`\nwardkey: ${title}`);
  const { status } = spawnSync(command, words, { cwd: root, env: environment, stdio: "inherit" });
  if (status !== 0) {
    console.error(`wardkey: ${title}: not passed`);
    process.exit(status ?? 1);
  }
}

try {
  ensureSystemPackages(packagesToTest);
  ensureNpmPackages();
} catch (problem) {
  console.error(`wardkey: ${problem.message}`);
  process.exit(1);
}

const results = join(root, "test", "results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

run("types and layers", "tsc", "-b");
run("lint and format", "biome", "check", "--error-on-warnings");
run("the window's build", "vite", "build", "--config", "renderer/vite.config.ts", "--logLevel", "warn");
run("the suites", "vitest", "run", ...process.argv.slice(2));
