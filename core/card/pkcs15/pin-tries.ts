import { findValue, readDataObjects, writeDataObject } from "../ber-tlv.ts";
import type { CardTransport } from "../card-transport.ts";
import { exchange } from "../exchange.ts";
import { triesLeftByStatus } from "../pin/present-pin.ts";
import { refusal, success } from "../status-word.ts";
import { numberOf } from "./file-path.ts";

interface TriesLeft {
  readonly triesLeft: number;
  /** True where the master file is certain to be current now, and no application is. */
  readonly isAtMaster: boolean;
}

/** Asks how many tries a PIN has left; costs none. `isAtMaster`: the master file is current already. */
export async function askTriesLeft(
  transport: CardTransport,
  how: "empty-verify" | "security-data-object",
  reference: number,
  isAtMaster: boolean,
): Promise<TriesLeft> {
  if (how === "security-data-object") {
    if (!isAtMaster) await selectMaster(transport);
    return { triesLeft: await readCounter(transport, reference), isAtMaster: true };
  }
  const { status } = await exchange(transport, { cla: 0, ins: 0x20, p1: 0, p2: reference }, false);
  // 9000: somebody verified the PIN already and the card does not tell its counter. One is what is certain.
  const triesLeft = status === success ? 1 : triesLeftByStatus(status);
  if (triesLeft === undefined) throw refusal(status, "VERIFY without a PIN");
  return { triesLeft, isAtMaster };
}

const tag = { extendedHeaderList: 0x4d, wrapper: 0x70, attributes: 0xa0, triesLeft: 0x9b, usesLeft: 0x9d } as const;
const masterFile = Uint8Array.of(0x3f, 0x00);

async function selectMaster(transport: CardTransport): Promise<void> {
  const select = { cla: 0, ins: 0xa4, p1: 0x09, p2: 0x04, data: masterFile, expected: 256 };
  const selected = await exchange(transport, select, false);
  if (selected.status !== success) throw refusal(selected.status, "SELECT of the master file");
}

/** IAS ECC: the counters of a PIN's security data object, read with the master file current. No uses left: blocked. */
async function readCounter(transport: CardTransport, reference: number): Promise<number> {
  const object = 0xbf8100 | (reference & 0x7f);
  const wanted = writeDataObject(tag.wrapper, writeDataObject(object, Uint8Array.of(tag.attributes, 0x80)));
  const data = writeDataObject(tag.extendedHeaderList, wanted);
  const { data: answer, status } = await exchange(
    transport,
    { cla: 0, ins: 0xcb, p1: 0x3f, p2: 0xff, data, expected: 256 },
    false,
  );
  if (status !== success) throw refusal(status, "GET DATA of a PIN's counters");
  let members = readDataObjects(answer);
  for (const step of [tag.wrapper, object, tag.attributes])
    members = readDataObjects(findValue(members, step) ?? new Uint8Array());
  const uses = findValue(members, tag.usesLeft);
  if (uses !== undefined && numberOf(uses) === 0) return 0;
  const left = findValue(members, tag.triesLeft);
  if (left === undefined) throw refusal(status, "a PIN's counters without tries left");
  return numberOf(left);
}
