/** objectGUID ([MS-DTYP] 2.3.4.2): the first three fields are little-endian. Throws where it has not 16 bytes. */
export function guidText(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new Error(`a GUID of ${bytes.length} bytes`);
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map(at => (bytes[at] ?? 0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** objectSid ([MS-DTYP] 2.4.2.2), `S-1-5-21-…`. Throws where its length is not the one it states. */
export function sidText(bytes: Uint8Array): string {
  const view = Buffer.from(bytes);
  const count = view[1] ?? 0;
  if (view.length < 8 || view.length !== 8 + 4 * count) throw new Error(`a SID of ${view.length} bytes`);
  const parts = Array.from({ length: count }, (_, index) => view.readUInt32LE(8 + 4 * index));
  return ["S", view[0], view.readUIntBE(2, 6), ...parts].join("-");
}

/** The group that primaryGroupID means is one of the person's own domain ([MS-ADTS] 2.500). */
export function primaryGroupSid(personSid: string, primaryGroupId: string): string {
  return `${personSid.slice(0, personSid.lastIndexOf("-"))}-${primaryGroupId}`;
}

const accountDisabled = 0x2;

/** userAccountControl ([MS-ADTS] 2.2.16). */
export function isAccountDisabled(userAccountControl: string): boolean {
  return (Number(userAccountControl) & accountDisabled) !== 0;
}

const ticksPerMs = 10_000n;
const from1601To1970Ms = 11_644_473_600_000n;
const never = new Set(["0", "9223372036854775807"]);

/** accountExpires ([MS-ADTS] 2.1): 100 ns since 1601, here milliseconds since 1970; `undefined` is never. Throws where it is no number. */
export function expiryOf(accountExpires: string): number | undefined {
  return never.has(accountExpires) ? undefined : Number(BigInt(accountExpires) / ticksPerMs - from1601To1970Ms);
}

/**
 * What stands for an entry in `member` when it is asked for with the extended form ([MS-ADTS] 3.1.1.3.4.1.5): its SID, as
 * renaming and moving change it for neither; its GUID where it has no SID, as contacts have not; else its name.
 */
export function referenceIn(extendedName: string): string {
  const [, guid] = /<GUID=([^>]+)>/i.exec(extendedName) ?? [];
  const [, sid] = /<SID=([^>]+)>/i.exec(extendedName) ?? [];
  return sid ?? guid?.toLowerCase() ?? extendedName;
}
