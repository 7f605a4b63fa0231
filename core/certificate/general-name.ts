import { toHex } from "../bytes/hex.ts";
import { type DerElement, DerProblem, DerReader } from "./der-reader.ts";
import { readObjectIdentifier } from "./der-values.ts";
import { type DistinguishedName, readName } from "./distinguished-name.ts";

export type NameForm = GeneralName["form"];

/** A GeneralName (RFC 5280, 4.2.1.6). `key` is equal for names that are the same. */
export type GeneralName =
  | { readonly form: "otherName"; readonly key: string; readonly type: string; readonly value: DerElement }
  | {
      readonly form: "rfc822Name" | "dNSName" | "uniformResourceIdentifier";
      readonly key: string;
      readonly text: string;
    }
  | { readonly form: "directoryName"; readonly key: string; readonly name: DistinguishedName }
  | {
      readonly form: "iPAddress" | "registeredID" | "x400Address" | "ediPartyName";
      readonly key: string;
      readonly bytes: Uint8Array;
    };

/** GeneralNames: at least one. */
export function readGeneralNames(content: Uint8Array): readonly GeneralName[] {
  const reader = new DerReader(content);
  const names: GeneralName[] = [];
  while (!reader.atEnd) names.push(readGeneralName(reader.read()));
  if (names.length === 0) throw new DerProblem("no names");
  return names;
}

export function readGeneralName(element: DerElement): GeneralName {
  const { tag, content } = element;
  switch (tag) {
    case 0xa0:
      return readOtherName(element);
    case 0x81:
      return readText("rfc822Name", content);
    case 0x82:
      return readText("dNSName", content);
    case 0x86:
      return readText("uniformResourceIdentifier", content);
    case 0xa4: {
      const name = readName(DerReader.single(content, 0x30));
      return { form: "directoryName", key: `directoryName:${name.key}`, name };
    }
    case 0x87:
      return { form: "iPAddress", key: `iPAddress:${toHex(content)}`, bytes: content };
    case 0x88:
      readObjectIdentifier({ tag: 0x06, content, whole: content });
      return { form: "registeredID", key: `registeredID:${toHex(content)}`, bytes: content };
    case 0xa3:
      return { form: "x400Address", key: `x400Address:${toHex(content)}`, bytes: content };
    case 0xa5:
      return { form: "ediPartyName", key: `ediPartyName:${toHex(content)}`, bytes: content };
    default:
      throw new DerProblem(`general name of tag ${tag}`);
  }
}

function readOtherName({ content }: DerElement): GeneralName {
  const reader = new DerReader(content);
  const type = readObjectIdentifier(reader.read(0x06));
  const value = DerReader.single(reader.read(0xa0).content);
  reader.end();
  return { form: "otherName", key: `otherName:${type}:${toHex(value.whole)}`, type, value };
}

function readText(form: "rfc822Name" | "dNSName" | "uniformResourceIdentifier", bytes: Uint8Array): GeneralName {
  let text = "";
  for (const byte of bytes) {
    if (byte > 0x7f) throw new DerProblem("IA5String");
    text += String.fromCharCode(byte);
  }
  return { form, key: `${form}:${text}`, text };
}
