import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** Builds a C client of PC/SC from its source; answers where the program stands. */
export function buildClient(source: string): string {
  const program = join(mkdtempSync(join(tmpdir(), "wardkey-bench-")), basename(source, ".c"));
  execFileSync("cc", ["-O2", source, "-o", program, "-I/usr/include/PCSC", "-lpcsclite"]);
  return program;
}
