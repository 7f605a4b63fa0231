import { z } from "zod";

const number = z.number().int().min(1);

/** Where a segment begins in chain and tree. */
const begin = z.strictObject({
  line: z.literal("begin"),
  origin: z.string(),
  segment: number,
  first: number,
  last: number,
  /** Hash of the record before the first, hex; zeros where there is none. */
  before: z.string().regex(/^[0-9a-f]{64}$/),
  /** The unfinished tiles of the tree before the first record; hashes base64. */
  edge: z.array(
    z.strictObject({ level: z.number().int().min(0), position: z.number().int().min(0), hashes: z.array(z.string()) }),
  ),
});
const record = z.strictObject({ line: z.literal("record"), sequence: number, hash: z.string(), text: z.string() });
/** A checkpoint that the broker signed at the time, behind the last record that it covers. */
const checkpoint = z.strictObject({ line: z.literal("checkpoint"), number, note: z.string() });
/** A checkpoint over the trail up to exactly here. */
const end = z.strictObject({ line: z.literal("end"), note: z.string() });

const segmentLine = z.discriminatedUnion("line", [begin, record, checkpoint, end]);
/** One line of an archived segment: `begin`, then the records with the checkpoints between them, then `end`. */
export type SegmentLine = z.output<typeof segmentLine>;

export function segmentLineText(line: SegmentLine): string {
  return JSON.stringify(line);
}

/** Reads a line; `undefined` where it is none, or not written as we write it: two texts must not mean the same. */
export function readSegmentLine(text: string): SegmentLine | undefined {
  try {
    const parsed = segmentLine.safeParse(JSON.parse(text));
    return parsed.success && segmentLineText(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
