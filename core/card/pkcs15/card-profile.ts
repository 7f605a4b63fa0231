import type { PinFormat } from "../pin/pin-format.ts";
import type { FileHabits } from "./card-files.ts";
import type { FilePath } from "./file-path.ts";
import type { KnownLayout } from "./known-layout.ts";
import type { SigningCommand } from "./sign-with.ts";

/** What has to be known of a family beside what its cards' own directories say (ISO/IEC 7816-15). */
export interface CardProfile {
  readonly family: string;
  /** True for an ATR of this family alone. */
  recognises(atr: Uint8Array): boolean;
  readonly hasAnyAtr: boolean;
  /** True where an application of that name proves little: the card has to show its object directory, too. */
  readonly mustShowDirectory: boolean;
  /** The applications that may hold the directory, by their identifiers; the first that is there counts. */
  readonly applications: readonly Uint8Array[];
  /** The logical channel that the applications are on, where it is not the first. */
  readonly channel?: 1;
  /** The application whose PIN and keys are used, where it is not the one with the directory. */
  readonly keyApplication?: Uint8Array;
  /** Where the chip's number stands: in a file of its own (data object 5A), or in the directory's EF.CIAInfo. */
  readonly chipNumber: FilePath | "token-information";
  /** True where EF.OD and EF.CIAInfo have the short identifiers that ISO/IEC 7816-15 keeps for them. */
  readonly namesDirectoryShortly: boolean;
  /** Where everything stands in the key application by the family's specification. */
  readonly layout?: KnownLayout;
  readonly files: FileHabits;
  /** How a PIN's tries left are asked for: by a VERIFY without data, or in its security data object (IAS ECC). */
  readonly triesBy: "empty-verify" | "security-data-object";
  readonly signsBy: SigningCommand;
  /** CHANGE REFERENCE DATA with both PINs, or VERIFY and then the new one alone (P1 = 01). */
  readonly changesBy: "old-and-new" | "verify-then-new";
  /** Algorithm references of MSE SET, which card directories often leave out. */
  readonly algorithms: { readonly rsa: number; readonly ec: number };
  /** How an unblocking code is written where the directory does not describe it. */
  readonly unblockingCode: PinFormat;
}

const hexadecimal = /^[0-9a-f]{2}$/i;

/** `pattern`: bytes in hexadecimal, `..` for any; true for an ATR of exactly this form. */
export function matchesAtr(atr: Uint8Array, pattern: string): boolean {
  const bytes = pattern.split(" ");
  return (
    bytes.length === atr.length &&
    bytes.every((byte, at) => !hexadecimal.test(byte) || Number.parseInt(byte, 16) === atr[at])
  );
}
