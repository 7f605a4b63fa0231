#!/usr/bin/env node
// `wardkey`: starts the command line on the Node 24 of node_modules, whatever Node ran this file.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureNpmPackages } from "./setup/ensure-npm-packages.mjs";
import { environment, node24, root } from "./setup/root.mjs";

ensureNpmPackages();
const main = join(root, "command-line", "main.ts");
const child = spawn(node24, [main, ...process.argv.slice(2)], { stdio: "inherit", env: environment });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
