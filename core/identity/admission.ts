import { type DerElement, DerProblem, DerReader, membersOf } from "../certificate/der-reader.ts";
import { readObjectIdentifier, readString } from "../certificate/der-values.ts";

/** The Common PKI extension by which German authorities name a profession. */
export const admissionExtension = "1.3.36.8.3.3";

/** One profession that a certificate admits its holder to. */
export interface Profession {
  /** Words, e.g. `Ärztin/Arzt`. */
  readonly items: readonly string[];
  readonly oids: readonly string[];
  /** For a health professional's card the Telematik-ID. */
  readonly registrationNumber: string | undefined;
}

/** The professions of an admission extension (Common PKI 2.0 part 1, table 29). Throws `DerProblem`. */
export function readAdmission(value: Uint8Array): readonly Profession[] {
  const syntax = new DerReader(DerReader.single(value, 0x30).content);
  // The authority is a GeneralName, whose tags are all context-specific.
  if (((syntax.nextTag ?? 0) & 0xc0) === 0x80) syntax.read();
  const contents = syntax.read(0x30);
  syntax.end();
  return membersOf(contents).flatMap(admissions => {
    if (admissions.tag !== 0x30) throw new DerProblem("admissions");
    const reader = new DerReader(admissions.content);
    reader.optional(0xa0);
    reader.optional(0xa1);
    const infos = reader.read(0x30);
    reader.end();
    return membersOf(infos).map(readProfession);
  });
}

function readProfession(info: DerElement): Profession {
  if (info.tag !== 0x30) throw new DerProblem("profession");
  const reader = new DerReader(info.content);
  reader.optional(0xa0);
  const items = membersOf(reader.read(0x30)).map(readString);
  const oids = reader.optional(0x30);
  const number = reader.optional(0x13);
  reader.optional(0x04);
  reader.end();
  return {
    items,
    oids: oids === undefined ? [] : membersOf(oids).map(readObjectIdentifier),
    registrationNumber: number === undefined ? undefined : readString(number),
  };
}
