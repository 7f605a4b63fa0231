import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { type SegmentVerdict, verifySegment } from "../../core/trail/verify-segment.ts";
import type { TrailWitness } from "../../core/trail/verify-trail.ts";
import { sha256 } from "../store/trail-table.ts";
import { nodeSignatureVerifier } from "../trust/node-signature-verifier.ts";

const firstBytes = '{"line":"begin"';

/** Whether the file is an archived segment, by its first bytes. Rejects where it cannot be read. */
export async function isSegmentFile(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstBytes.length), 0, firstBytes.length, 0);
    return buffer.toString("latin1", 0, bytesRead) === firstBytes;
  } finally {
    await handle.close();
  }
}

/** Verifies an archived segment. Rejects where the file cannot be read. */
export function verifySegmentFile(file: string, witness: TrailWitness = {}): Promise<SegmentVerdict> {
  return verifySegment(linesOf(file), witness, { sha256, signatures: nodeSignatureVerifier() });
}

/** SHA-256 of a file, hex. */
export async function hashOfFile(file: string): Promise<string> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(file), digest);
  return digest.digest("hex");
}

/** Every line with its line feed taken off; what stands behind the last line feed is a line, too. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = "";
  // Every byte means itself: what is no UTF-8 must not be read as something else.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}
