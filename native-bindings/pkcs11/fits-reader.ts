/** Bytes of CK_SLOT_INFO's slotDescription, filled up with blanks: a longer reader name is cut. */
const descriptionLength = 64;

/** Whether a module's slot is this PC/SC reader. Two long names may fit one description: see `namesakesOf`. */
export function fitsReader(slotDescription: string, reader: string): boolean {
  return cut(slotDescription) === cut(reader);
}

/** The other readers that a module cannot tell from this one by name. */
export function namesakesOf(reader: string, readers: Iterable<string>): string[] {
  return [...readers].filter(other => other !== reader && fitsReader(other, reader));
}

function cut(name: string): string {
  return Buffer.from(name.replace(/[\0 ]+$/, ""))
    .subarray(0, descriptionLength)
    .toString("latin1")
    .trimEnd();
}
