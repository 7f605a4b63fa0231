import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

/**
 * Installs the locked npm packages where they are missing or not those of the lockfile. A stamp of the lockfile tells,
 * so that a second start costs nothing.
 */
export function ensureNpmPackages() {
  const stampFile = join(root, "node_modules", ".wardkey-lockfile");
  const stamp = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  console.log("wardkey: installing the npm packages of package-lock.json");
  // Node's own engine warnings are about the Node that runs npm; the tools run on the Node 24 that this installs.
  // Not `npm ci`: it refuses a lockfile without pcsc-mini's prebuilt addons for other platforms, which not every registry
  // holds. `--no-save` leaves the lockfile as it is, and what it names is installed as it names it.
  const installed = spawnSync("npm", ["install", "--no-save", "--loglevel=error"], { cwd: root, stdio: "inherit" });
  if (installed.status !== 0) throw new Error("npm install did not succeed; its own words are above");
  writeFileSync(stampFile, stamp);
}
