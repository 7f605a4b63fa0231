import { type Checkpoint, checkpointText } from "./checkpoint.ts";
import type { TrailSegment } from "./trail-segment.ts";

/** The text of a checkpoint over the trail up to the segment's end; an extension line says which segment it closes (C2SP tlog-checkpoint). */
export function segmentSealText(checkpoint: Checkpoint, segment: Pick<TrailSegment, "number" | "first">): string {
  return `${checkpointText(checkpoint)}${extensionLine(segment)}\n`;
}

/** Whether the checkpoint's text says that it closes this segment. */
export function sealsSegment(text: string, segment: Pick<TrailSegment, "number" | "first">): boolean {
  return text.split("\n")[3] === extensionLine(segment);
}

function extensionLine({ number, first }: Pick<TrailSegment, "number" | "first">): string {
  return `segment ${number} from ${first}`;
}
