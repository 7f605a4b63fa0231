import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DirectorySlapd, slapdManager, slapdPassword, slapdSuffix } from "../../integration/support/directory-slapd.ts";
import { hospital } from "./hospital.ts";

const help = `npm run bench -- directory [--persons N] [--few N] [--json]

Everything that a real slapd has, persons and 500 groups, by the LDAP source and the directory's own take-in into SQLite on disk: at
first, once more with nothing changed, and a look for changes where there are none. As ratio to a bare ldapsearch of the same
attributes in pages of the same size, in the same run. And the highest memory above that before, for many persons and for few: it does
not grow with them. Leaves with 0 where that of many is at most 32 MB above that of few.`;

const { values } = parseArgs({
  options: {
    persons: { type: "string", default: "100000" },
    few: { type: "string", default: "20000" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
/** What a collection of garbage may come late by. */
const allowedMb = 32;

interface Cost {
  readonly persons: number;
  readonly first: number;
  /** Of the child's processor until then, which other programs on the machine do not lengthen. */
  readonly processorSeconds: number;
  readonly again: number;
  readonly changes: number;
  readonly peakMb: number;
  readonly bare: number;
}

async function costOf(persons: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), "wardkey-bench-"));
  const slapd = await DirectorySlapd.start({ content: hospital(persons) });
  try {
    const password = join(folder, "password");
    writeFileSync(password, slapdPassword);
    const bare = bareSearch(slapd.address);
    const child = fileURLToPath(new URL("./sync-child.ts", import.meta.url));
    const words = ["--address", slapd.address, "--password", password, "--store", join(folder, "broker.sqlite")];
    const run = spawnSync(process.execPath, ["--expose-gc", child, ...words], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(run.stderr);
    const cost = { ...(JSON.parse(run.stdout) as Omit<Cost, "bare">), bare };
    if (cost.persons !== persons) throw new Error(`${cost.persons} persons came of ${persons}`);
    return cost;
  } finally {
    await slapd.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds. */
function bareSearch(address: string): number {
  const attributes = ["entryUUID", "modifyTimestamp", "employeeNumber", "uid", "displayName", "mail", "cn", "member"];
  const account = ["-x", "-H", address, "-D", slapdManager, "-w", slapdPassword];
  const start = performance.now();
  const words = [...account, "-E", "pr=500/noprompt", "-o", "ldif_wrap=no", "-LLL", "-b", slapdSuffix];
  const { status, stderr } = spawnSync("ldapsearch", [...words, "(objectClass=*)", ...attributes], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`ldapsearch: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const round = (value: number) => Math.round(value * 100) / 100;

async function main(): Promise<void> {
  const few = await costOf(Number(values.few));
  const many = await costOf(Number(values.persons));
  const result = {
    persons: many.persons,
    everythingSeconds: round(many.first),
    everythingProcessorSeconds: round(many.processorSeconds),
    personsPerSecond: Math.round(many.persons / many.first),
    ldapsearchSeconds: round(many.bare),
    everythingOverLdapsearch: round(many.first / many.bare),
    againSeconds: round(many.again),
    changesSeconds: round(many.changes),
    peakMb: round(many.peakMb),
    fewPersons: few.persons,
    peakMbOfFew: round(few.peakMb),
  };
  if (values.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(28)}${value}`);
  process.exitCode = many.peakMb <= few.peakMb + allowedMb ? 0 : 1;
}

if (values.help) console.log(help);
else await main();
