import { concatBytes } from "../../bytes/bytes.ts";
import type { PinFormat } from "./pin-format.ts";
import type { PinPadCommand } from "./pin-pad.ts";

/** Seconds until the reader gives up: before the first digit, and after each. */
const timeouts = [30, 15] as const;
/** The validation key ends the entry (bit 1); reaching the most digits does not. */
const endsByKey = 0x02;
const allMessages = 0xff;

/**
 * PIN_VERIFY_STRUCTURE of PC/SC part 10 section 2.5.2 (CCID 1.1, 6.1.11): tells the reader how to make the VERIFY command of what
 * is typed on its keys. Numbers are little-endian.
 */
export function pinVerifyStructure({ cla, ins, p1, p2, format }: PinPadCommand): Uint8Array<ArrayBuffer> {
  const { minimumLength, maximumLength } = format;
  const { formatString, blockString, lengthFormat, block } = layoutOf(format);
  const command = concatBytes(Uint8Array.of(cla, ins, p1, p2, block.length), block);
  const head = Uint8Array.of(
    ...timeouts,
    formatString,
    blockString,
    lengthFormat,
    maximumLength,
    minimumLength,
    endsByKey,
    allMessages,
    // Language, message index and the three bytes of T=1's prologue, which the driver fills.
    ...[0, 0],
    0,
    ...[0, 0, 0],
    ...[command.length & 0xff, command.length >> 8, 0, 0],
  );
  return concatBytes(head, command);
}

interface Layout {
  /** bmFormatString: units of bytes (80), position of the PIN (bits 6 to 3), code of the digits (bits 1 and 0). */
  readonly formatString: number;
  /** bmPINBlockString: size of the length field in bits (high half), of the block in bytes (low half; 0: as typed). */
  readonly blockString: number;
  /** bmPINLengthFormat: position of the length field, in bits. */
  readonly lengthFormat: number;
  /** The command's data before a digit is in it. */
  readonly block: Uint8Array;
}

function layoutOf({ encoding, storedLength, padding }: PinFormat): Layout {
  const size = storedLength ?? 0;
  switch (encoding) {
    case "ascii":
      return { formatString: 0x82, blockString: size, lengthFormat: 0, block: new Uint8Array(size).fill(padding) };
    case "bcd":
      return { formatString: 0x81, blockString: size, lengthFormat: 0, block: new Uint8Array(size).fill(padding) };
    case "iso-9564-2":
      // The digits start at the second byte; the low half of the first is their number.
      return {
        formatString: 0x89,
        blockString: 0x47,
        lengthFormat: 0x04,
        block: Uint8Array.of(0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
      };
    default:
      return encoding satisfies never;
  }
}
