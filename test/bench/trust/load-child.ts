import { readFileSync } from "node:fs";
import { nodeSignatureVerifier } from "../../../broker/trust/node-signature-verifier.ts";
import { prepareList } from "../../../broker/trust/prepare-list.ts";
import { fromBase64 } from "../../../core/bytes/base64.ts";
import { SignatureMemory } from "../../../core/certificate/path/signature-memory.ts";

/**
 * A process of its own that takes one list in, as a broker does, and prints as JSON what that cost: milliseconds, and the highest
 * memory above that before the list was there.
 */
/** Linux's high-water mark of this process alone: that of getrusage begins with its parent's. */
function highest(): number {
  return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}

const [file = "", name = "", key = ""] = process.argv.slice(2);
const authorities = [{ name, publicKey: fromBase64(key) ?? new Uint8Array() }];
const memory = new SignatureMemory(nodeSignatureVerifier());
globalThis.gc?.();
const before = process.memoryUsage.rss();
const bytes = new Uint8Array(readFileSync(file));
const start = performance.now();
const { list } = await prepareList({ bytes, authorities }, memory);
const ms = performance.now() - start;
const peakMb = (highest() - before) / 2 ** 20;
globalThis.gc?.();
const keptMb = (process.memoryUsage.rss() - before) / 2 ** 20;
console.log(JSON.stringify({ ms, peakMb, keptMb, entries: list.entries.count }));
