export interface ParsedCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Most bytes that the reader wants back; absent where it wants none. */
  readonly expected: number | undefined;
}

/** Reads a command APDU in each of its seven forms (ISO 7816-4, 5.1); `undefined` where the lengths contradict. */
export function parseCommand(bytes: Uint8Array): ParsedCommand | undefined {
  const [cla, ins, p1, p2] = bytes;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const header = { cla, ins, p1, p2 };
  const body = bytes.subarray(4);
  const none = new Uint8Array();
  const byte = (index: number) => body[index] ?? 0;
  const le = (value: number, most: number) => (value === 0 ? most : value);
  if (body.length === 0) return { ...header, data: none, expected: undefined };
  if (body.length === 1) return { ...header, data: none, expected: le(byte(0), 256) };
  if (byte(0) !== 0) {
    const data = body.subarray(1, 1 + byte(0));
    const rest = body.length - 1 - byte(0);
    if (rest !== 0 && rest !== 1) return undefined;
    return { ...header, data, expected: rest === 0 ? undefined : le(byte(body.length - 1), 256) };
  }
  const length = (byte(1) << 8) | byte(2);
  if (body.length === 3) return { ...header, data: none, expected: le(length, 65_536) };
  const rest = body.length - 3 - length;
  if (rest !== 0 && rest !== 2) return undefined;
  const last = (byte(body.length - 2) << 8) | byte(body.length - 1);
  return { ...header, data: body.subarray(3, 3 + length), expected: rest === 0 ? undefined : le(last, 65_536) };
}
