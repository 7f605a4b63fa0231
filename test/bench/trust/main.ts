import { spawnSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { KeptFiles } from "../../../broker/trust/kept-files.ts";
import { nodeSignatureVerifier } from "../../../broker/trust/node-signature-verifier.ts";
import { readList } from "../../../broker/trust/read-list.ts";
import { RevocationKeeper } from "../../../broker/trust/revocation-keeper.ts";
import { toBase64 } from "../../../core/bytes/base64.ts";
import { readCertificate } from "../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../core/certificate/certificate-list.ts";
import { SignatureMemory } from "../../../core/certificate/path/signature-memory.ts";
import { silentLog } from "../../fakes/silent-log.ts";
import {
  authorityExtensions,
  factoryDemand,
  factoryNow,
  rsaKey,
  spkiOf,
  TestAuthority,
  validatorOf,
} from "../../fixtures/certificate-factory.ts";
import { longestStall } from "./longest-stall.ts";
import { type NationalList, nationalList } from "./national-list.ts";

const help = `npm run bench -- trust [--rounds N] [--json]

Verdicts on a card below a root and an issuing authority, RSA-2048 throughout, with a list of each: with everything read and verified anew
(cold) and with authorities and lists kept (warm), as ratio to bare signature checks of node:crypto in the same run. And what lists of 100,000 and
500,000 entries cost: time, memory, the longest stall of the event loop while one is taken in (beside one with
nothing to do for as long), and a lookup.`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);

const root = new TestAuthority("ROOT", undefined, {}, rsaKey());
const issuing = new TestAuthority("ISSUING", root, { extensions: authorityExtensions(0) }, rsaKey());
const leaf = issuing.issue({ publicKey: spkiOf(rsaKey()) });
const house = { anchors: [root.certificate], intermediates: [issuing.certificate] };

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function round(value: number, digits = 2): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** Milliseconds for one of so many. */
function each(times: number, act: () => void): number {
  const start = performance.now();
  for (let time = 0; time < times; time += 1) act();
  return (performance.now() - start) / times;
}

function times(act: () => number): number[] {
  return Array.from({ length: rounds }, act);
}

/** Bare checks, warm verdicts and cold ones in turn, so that a busy moment of the machine hits all alike. */
function verdicts(crls: readonly Uint8Array[]) {
  const { signedBytes, signature } = readCertificate(leaf);
  const key = createPublicKey(issuing.key);
  const kept = validatorOf({ ...house, crls });
  const valid = (validator: typeof kept) => {
    if (!validator.validate(leaf, factoryDemand).valid) throw new Error("the path of the bench is not valid");
  };
  const bare: number[] = [];
  const warm: number[] = [];
  const cold: number[] = [];
  for (let turn = 0; turn < rounds + 2; turn += 1) {
    bare.push(each(400, () => verify("sha256", signedBytes, key, signature)));
    warm.push(each(100, () => valid(kept)));
    cold.push(each(30, () => valid(validatorOf({ ...house, crls }))));
  }
  // The first two turns warm up.
  const over = (one: readonly number[]) => median(one.map((ms, turn) => (bare[turn] ?? Number.NaN) / ms).slice(2));
  return {
    bareChecksPerSecond: Math.round(1000 / median(bare.slice(2))),
    warmVerdictMs: round(median(warm.slice(2))),
    coldVerdictMs: round(median(cold.slice(2))),
    warmVerdictsOverBareChecks: round(over(warm), 3),
    coldVerdictsOverBareChecks: round(over(cold), 3),
  };
}

const authorities = [{ name: readCertificate(issuing.certificate).subject.key, publicKey: spkiOf(issuing.key) }];

function loading(name: string, { der, serial }: NationalList, count: number, folder: string) {
  const file = join(folder, `${count}.crl`);
  writeFileSync(file, der);
  const child = fileURLToPath(new URL("./load-child.ts", import.meta.url));
  const words = [file, authorities[0]?.name ?? "", toBase64(spkiOf(issuing.key))];
  const costs = Array.from({ length: 5 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", child, ...words], { encoding: "utf8" });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as { ms: number; peakMb: number; keptMb: number };
  });
  const { entries, issuer } = readCertificateList(der);
  const serials = Array.from({ length: 2_000 }, (_, index) => serial(Math.floor((index * count) / 2_000)));
  const absent = serials.map(bytes => Uint8Array.from(bytes, byte => byte ^ 1));
  const lookup = (wanted: readonly Uint8Array[]) =>
    median(times(() => each(1, () => wanted.forEach(one => void entries.entryOf(one, issuer.key))) / wanted.length));
  return {
    [`${name}Bytes`]: der.length,
    [`${name}ReadMs`]: round(median(times(() => each(1, () => readList({ bytes: der, authorities }))))),
    [`${name}IndexMs`]: round(median(times(() => each(1, () => readCertificateList(der))))),
    [`${name}WithThreadMs`]: round(median(costs.map(({ ms }) => ms))),
    [`${name}PeakMb`]: round(median(costs.map(({ peakMb }) => peakMb)), 1),
    [`${name}KeptMb`]: round(median(costs.map(({ keptMb }) => keptMb)), 1),
    [`${name}FoundUs`]: round(lookup(serials) * 1000),
    [`${name}NotFoundUs`]: round(lookup(absent) * 1000),
  };
}

/** A broker's keeper fetches the list by HTTP, keeps it on disk and swaps it in; meanwhile the event loop turns. */
async function takenIn(der: Uint8Array, folder: string): Promise<number> {
  const server = new Worker(new URL("./list-server-thread.ts", import.meta.url), { workerData: der });
  const [port] = (await once(server, "message")) as [number];
  const keeper = new RevocationKeeper({
    files: new KeptFiles(join(folder, "kept"), silentLog),
    clock: { now: () => factoryNow },
    signatures: new SignatureMemory(nodeSignatureVerifier()),
    limits: { largestBytes: 64 * 1024 * 1024, timeoutMs: 60_000 },
    random: Math.random,
    onChange: () => {},
    onAsked: () => {},
  });
  await keeper.serve([{ id: "house", sources: [`http://127.0.0.1:${port}/`], authorities }]);
  const stall = await longestStall(() => keeper.tick());
  if (keeper.listsOf("house").length !== 1) throw new Error("the list was not taken in");
  server.postMessage("end");
  await once(server, "exit");
  return stall;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wardkey-bench-"));
  try {
    const large = nationalList(issuing, 500_000);
    const stalls: number[] = [];
    const idle: number[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      const start = performance.now();
      stalls.push(await takenIn(large.der, folder));
      const length = performance.now() - start;
      idle.push(await longestStall(() => new Promise(resolve => setTimeout(resolve, length))));
    }
    const rootList = root.crl();
    const withLarge = validatorOf({ ...house, crls: [rootList, large.der] });
    const result = {
      rounds,
      ...verdicts([rootList, issuing.crl()]),
      ...loading("list100k", nationalList(issuing, 100_000), 100_000, folder),
      ...loading("list500k", large, 500_000, folder),
      list500kStallMs: round(median(stalls)),
      idleStallMs: round(median(idle)),
      list500kWarmVerdictMs: round(median(times(() => each(50, () => withLarge.validate(leaf, factoryDemand))))),
    };
    if (values.json) console.log(JSON.stringify(result));
    else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(28)}${value}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.help) console.log(help);
else await main();
