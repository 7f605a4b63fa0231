/** How many bytes the certificate at the start of a file has, by its first bytes; `undefined` where none stands there. */
export function certificateLength(start: Uint8Array): number | undefined {
  const [tag, form, high = 0, low = 0] = start;
  if (tag !== 0x30 || (form !== 0x81 && form !== 0x82)) return undefined;
  return form === 0x81 ? 3 + high : 4 + ((high << 8) | low);
}

/** The certificate at the start of a file, without what fills the file up; `undefined` where none stands there. */
export function trimCertificate(file: Uint8Array): Uint8Array | undefined {
  const end = certificateLength(file);
  return end === undefined || end > file.length ? undefined : file.subarray(0, end);
}
