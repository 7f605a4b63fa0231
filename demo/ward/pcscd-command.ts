import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

export interface PcscdCommand {
  readonly command: string;
  readonly words: readonly string[];
  /** Where its socket will be; absent: in the usual place. */
  readonly socket?: string;
  /** Whether it may run out of the reach of a Ctrl+C: sudo needs the terminal for its question. */
  readonly detached: boolean;
  /** After its end. */
  tidy(): void;
}

const ownRun =
  'mount -t tmpfs tmpfs /run && mkdir /run/pcscd && mount --bind "$0" /run/pcscd && exec "$1" --foreground';

/**
 * How this user may run pcscd in the foreground. It wants to own /run/pcscd: root may; whoever is allowed namespaces gives it a /run of its
 * own, in which that folder is one of his; whoever is not needs sudo.
 */
export function pcscdCommand(): PcscdCommand {
  const program = ["/usr/sbin/pcscd", "/usr/local/sbin/pcscd"].find(file => existsSync(file)) ?? "pcscd";
  if (process.getuid?.() === 0) return { command: program, words: ["--foreground"], detached: true, tidy() {} };
  if (spawnSync("unshare", ["-Urm", "true"], { stdio: "ignore" }).status !== 0)
    return { command: "sudo", words: [program, "--foreground"], detached: false, tidy() {} };
  // Not in $TMPDIR, which may be in /run. The name is short: a socket's address has 107 bytes.
  const folder = mkdtempSync("/tmp/wardkey-pcscd-");
  return {
    command: "unshare",
    words: ["-Urm", "--propagation", "private", "sh", "-c", ownRun, folder, program],
    socket: join(folder, "pcscd.comm"),
    detached: true,
    tidy: () => rmSync(folder, { recursive: true, force: true }),
  };
}
