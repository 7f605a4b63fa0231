import { concatBytes } from "../../../core/bytes/bytes.ts";
import type { Random } from "./random.ts";

/** Status words that change what a driver does next. */
const tellingStatus = [
  0x9000, 0x6100, 0x61ff, 0x6110, 0x6c00, 0x6c10, 0x6282, 0x63c0, 0x63c1, 0x6881, 0x6982, 0x6983, 0x6a82, 0x6d00,
];
const tellingLengths = [0x00, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0xff];
const hugeOnceIn = 20_000;

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const flip: Mutation = (bytes, random) => {
  const changed = bytes.slice();
  const at = random.next(Math.max(1, bytes.length));
  changed[at] = (changed[at] ?? 0) ^ (1 << random.next(8));
  return changed;
};
const set: Mutation = (bytes, random) => {
  const changed = bytes.slice();
  changed[random.next(Math.max(1, bytes.length))] = random.byte();
  return changed;
};
const lie: Mutation = (bytes, random) => {
  const changed = bytes.slice();
  changed[random.next(Math.max(1, Math.min(bytes.length, 24)))] = random.pick(tellingLengths);
  return changed;
};
const cut: Mutation = (bytes, random) => bytes.slice(0, random.next(bytes.length + 1));
const remove: Mutation = (bytes, random) => {
  const at = random.next(bytes.length + 1);
  return concatBytes(bytes.subarray(0, at), bytes.subarray(at + 1 + random.next(8)));
};
const insert: Mutation = (bytes, random) => {
  const at = random.next(bytes.length + 1);
  const extra = Uint8Array.from({ length: 1 + random.next(8) }, () => random.byte());
  return concatBytes(bytes.subarray(0, at), extra, bytes.subarray(at));
};
const repeat: Mutation = (bytes, random) => {
  const at = random.next(bytes.length + 1);
  return concatBytes(bytes.subarray(0, at), bytes.subarray(0, at), bytes.subarray(at));
};
const otherStatus: Mutation = (bytes, random) => {
  const status = random.pick(tellingStatus);
  const data = random.next(2) === 0 ? new Uint8Array() : bytes.subarray(0, -2);
  return concatBytes(data, Uint8Array.of(status >> 8, status & 0xff));
};
const swell: Mutation = (bytes, random) =>
  random.next(hugeOnceIn) === 0 ? concatBytes(new Uint8Array(65_000).fill(random.byte()), bytes) : set(bytes, random);

const mutations = [flip, set, lie, cut, remove, insert, repeat, otherStatus, swell] as const;

/** One to three changes of the kinds that parsers stumble over. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = bytes;
  for (let times = 1 + random.next(3); times > 0; times -= 1) changed = random.pick(mutations)(changed, random);
  return changed;
}
