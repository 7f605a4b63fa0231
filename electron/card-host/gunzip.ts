import { gunzipSync } from "node:zlib";

/** Takes a gzip file apart; throws where it is none, or holds more than `mostBytes`. */
export function gunzip(compressed: Uint8Array, mostBytes: number): Uint8Array {
  return gunzipSync(compressed, { maxOutputLength: mostBytes });
}
