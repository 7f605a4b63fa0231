import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/**
 * A new folder that only this user can enter, for one browser profile. Its name says which process it belongs to, so
 * that what a killed process left behind is removed by the next one (design D11).
 */
export function makePrivateFolder(base: string = tmpdir()): string {
  const home = join(base, `wardkey-${userInfo().uid}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const found = lstatSync(home);
  const ownedByUs = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !ownedByUs || (found.mode & 0o077) !== 0)
    throw new Error(`${home} is not a folder that only this user can enter`);
  removeLeftovers(home);
  return mkdtempSync(join(home, `${processSpace()}-${process.pid}-`));
}

/** Chromium's helpers may still write for a moment after it has closed, hence the retries. */
export async function removePrivateFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function removeLeftovers(home: string): void {
  for (const name of readdirSync(home)) {
    const [space, pid] = name.split("-");
    if (space === processSpace() && !isAlive(Number(pid))) rmSync(join(home, name), { recursive: true, force: true });
  }
}

/** Process numbers of another container say nothing here. */
function processSpace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  } catch {
    return "0";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === "EPERM";
  }
}
