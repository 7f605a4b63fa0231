import { fromBase64, toBase64 } from "../bytes/base64.ts";
import type { TreeHead } from "./verify-proof.ts";

/** What a checkpoint says (C2SP tlog-checkpoint): whose tree, how many leaves, which root. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads a checkpoint's text; extension lines are passed over. `undefined` where it is none. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, sizeLine, rootLine, ...rest] = text.split("\n");
  const root = fromBase64(rootLine ?? "");
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(sizeLine ?? "") || root?.length !== 32 || rest.at(-1) !== "")
    return undefined;
  const size = Number(sizeLine);
  return Number.isSafeInteger(size) ? { origin, size, root } : undefined;
}
