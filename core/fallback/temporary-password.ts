/**
 * The password that the helpdesk reads out over the phone: fifteen signs in three groups, of 31 that are not taken for one another.
 * Fourteen are drawn (69 bits), the last one checks them: a sign that was misheard, or two that changed places, is found before
 * anything is sent.
 */
const signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const drawn = 14;

export const passwordLength = drawn + 1;
export const passwordGroup = 5;
export const passwordSigns: readonly string[] = [...signs];

/** Draws one; `below` gives a whole number from 0 to below its argument, each as likely. Answers the signs without spaces. */
export function drawPassword(below: (limit: number) => number): string {
  const text = Array.from({ length: drawn }, () => signs[below(signs.length)]).join("");
  return text + signs[checkOf(text)];
}

/** As it is shown and read out. */
export function groupedPassword(password: string): string {
  return password.replaceAll(/(.{5})(?=.)/gu, "$1 ");
}

/** What was typed, without spaces and in capitals. */
export function plainPassword(typed: string): string {
  return typed.replaceAll(/[\s-]/gu, "").toUpperCase();
}

/** True where it is whole and its last sign fits. Says nothing of whether anybody has it. */
export function isWholePassword(password: string): boolean {
  if (password.length !== passwordLength || [...password].some(sign => !signs.includes(sign))) return false;
  return signs[checkOf(password.slice(0, drawn))] === password[drawn];
}

/** Weighted sum modulo 31, a prime: weights differ, so one wrong sign and two exchanged ones always show (as ISO 7064 does). */
function checkOf(text: string): number {
  const sum = [...text].reduce((total, sign, index) => total + (index + 2) * signs.indexOf(sign), 0);
  return sum % signs.length;
}
