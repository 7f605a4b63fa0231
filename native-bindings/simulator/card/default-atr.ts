import { fromHex } from "../../../core/bytes/hex.ts";

/**
 * Direct convention, T=1 only, historical bytes 80 73 00 21 C0 "WARD": category 80, card capabilities with command
 * chaining and extended length. Not `3B 8x 80 01`, which other software takes for a contactless card.
 */
export const defaultAtr: Uint8Array = fromHex("3bd911008131fe458073 0021c0 57415244 00") ?? new Uint8Array();
