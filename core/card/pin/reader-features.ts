/** Features that a reader announces, PC/SC part 10 section 2.2. */
export const readerFeature = { verifyPinDirect: 0x06, modifyPinDirect: 0x07, properties: 0x12 } as const;

const entryLength = 6;
const codeLength = 4;

/**
 * The answer to CM_IOCTL_GET_FEATURE_REQUEST: for each feature its tag, the length 4 and a control code, big-endian. Anything
 * else ends the list: what readers announce wrongly is not used.
 */
export function readReaderFeatures(answer: Uint8Array): ReadonlyMap<number, number> {
  const features = new Map<number, number>();
  for (let at = 0; at + entryLength <= answer.length; at += entryLength) {
    const [tag, length] = answer.subarray(at, at + 2);
    if (tag === undefined || length !== codeLength) break;
    features.set(tag, new DataView(answer.buffer, answer.byteOffset + at + 2, codeLength).getUint32(0));
  }
  return features;
}
