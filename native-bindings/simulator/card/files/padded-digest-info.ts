/** The chip's own padding of what it is to sign (RFC 8017, 9.2): refused above 40 % of the modulus, as IAS ECC cards do. */
export function paddedDigestInfo(input: Uint8Array, size: number): Uint8Array | undefined {
  if (input.length === 0 || input.length > size * 0.4) return undefined;
  const block = new Uint8Array(size).fill(0xff);
  block[0] = 0;
  block[1] = 1;
  block[size - input.length - 1] = 0;
  block.set(input, size - input.length);
  return block;
}
