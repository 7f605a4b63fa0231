/**
 * How a card wants its PIN written (ISO/IEC 7816-15, PinAttributes). Lengths count digits, `storedLength` counts the bytes
 * sent; without it as many are sent as the digits need.
 */
export interface PinFormat {
  /** One digit a byte; two digits a byte; or the control field 2, the length and fourteen half bytes of ISO 9564-1 format 2. */
  readonly encoding: "ascii" | "bcd" | "iso-9564-2";
  readonly minimumLength: number;
  readonly maximumLength: number;
  readonly storedLength: number | undefined;
  /** The byte that fills what the digits leave free; for `bcd` its low half fills an odd half byte too. */
  readonly padding: number;
}
