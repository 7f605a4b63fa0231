import { fromHex, toHex } from "../../../core/bytes/hex.ts";
import { readDataObjects } from "../../../core/card/ber-tlv.ts";
import { factoryNow, goodHouse } from "../../fixtures/certificate-factory.ts";
import { ocspAnswer } from "../../fixtures/ocsp-answer.ts";
import { oddExtensions } from "../../fixtures/odd-extensions.ts";
import type { Conversation } from "./conversation.ts";
import { outcomeOf, readers } from "./readers.ts";

const mostSeeds = 40;
const deepest = 12;
/** Features as a reader with keys announces them, and what authorities publish: no card shows any of these. */
function notOnCards(): Uint8Array[] {
  const { issuing } = goodHouse();
  const revoked = [1, 2, 3].map(serial => ({
    serial: Uint8Array.of(serial),
    at: factoryNow,
    extensions: [oddExtensions.reason(serial), oddExtensions.certificateIssuer(issuing.name)],
  }));
  const written = [
    "0604 42330006 0704 42330007 1204 42330012",
    "3021a01fa01d861b687474703a2f2f706b692e696e76616c69642f6c2e63726c",
  ];
  return [
    ...written.map(hex => fromHex(hex) ?? new Uint8Array()),
    issuing.crl({
      revoked,
      extensions: [oddExtensions.issuingPoint({ indirect: true }), oddExtensions.deltaIndicator(4)],
    }),
    ocspAnswer({ about: issuing.issue(), issuer: issuing, status: "revoked" }),
  ];
}

/** What each reader can read of what the cards have shown: where mutations start. */
export function seedsOf(conversations: readonly Conversation[]): Readonly<Record<string, readonly Uint8Array[]>> {
  const shown = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array) => shown.set(toHex(bytes), bytes);
  for (const bytes of notOnCards()) add(bytes);
  for (const { exchanges } of conversations)
    for (const bytes of filesOf(exchanges)) for (const part of partsOf(bytes)) add(part);
  const atrs = conversations.map(({ atr }) => fromHex(atr) ?? new Uint8Array());
  return Object.fromEntries(
    Object.entries(readers).map(([name, read]) => {
      const candidates = name === "answer-to-reset" ? atrs : [...shown.values()];
      const seeds = candidates.filter(bytes => outcomeOf(read, bytes) === "read").slice(0, mostSeeds);
      if (seeds.length === 0) throw new Error(`nothing to start ${name} from`);
      return [name, seeds];
    }),
  );
}

/** The data of each answer; those to READ BINARY and GET RESPONSE in a row are one file. */
function filesOf(exchanges: Conversation["exchanges"]): Uint8Array[] {
  const files: string[] = [];
  for (const [command, answer] of exchanges) {
    const goesOn = /^..(b0(?!0000)|c0)/.test(command);
    const data = answer.slice(0, -4);
    if (goesOn) files.push((files.pop() ?? "") + data);
    else files.push(data);
  }
  return files.map(hex => fromHex(hex) ?? new Uint8Array()).filter(({ length }) => length > 0);
}

/** The bytes, and every data object in them, with and without its head. */
function partsOf(bytes: Uint8Array, depth = 0): Uint8Array[] {
  if (depth > deepest) return [];
  try {
    let at = 0;
    const inner = readDataObjects(bytes).flatMap(({ value }) => {
      const whole = bytes.subarray(at, value.byteOffset - bytes.byteOffset + value.length);
      at += whole.length;
      return [whole, ...partsOf(value, depth + 1)];
    });
    return [bytes, ...inner];
  } catch {
    return [bytes];
  }
}
