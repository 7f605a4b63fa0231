import { fromHex } from "../../../../core/bytes/hex.ts";
import { writeDataObject } from "../../../../core/card/ber-tlv.ts";

/** EF.SN.ICC of a card by the French health authority: issuer, eight digits, Luhn's check digit, a filling half byte. */
export function iccNumberFile(serial: string): Uint8Array {
  const number = `8025000001${serial}`;
  return writeDataObject(0x5a, fromHex(`${number}${luhnDigit(number)}f`) ?? new Uint8Array());
}

function luhnDigit(number: string): number {
  const sum = [...number].reverse().reduce((total, character, at) => {
    const digit = Number(character) * (at % 2 === 0 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
