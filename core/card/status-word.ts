import { Failure } from "../errors/failure.ts";

/** ISO 7816-4 section 5.6, the two bytes at the end of every answer as one number, e.g. 0x9000. */
export type StatusWord = number;

export const success: StatusWord = 0x9000;

/** The refusal that a status word tells of, for commands that have no better reading of their own. */
export function refusal(status: StatusWord, what: string): Failure {
  return new Failure("card-refused-command", { detail: `${what}: status ${status.toString(16).padStart(4, "0")}` });
}

/** The tries left in a `63Cx` answer; `undefined` for any other status. */
export function triesLeftIn(status: StatusWord): number | undefined {
  return (status & 0xfff0) === 0x63c0 ? status & 0x0f : undefined;
}
