import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../../../../core/bytes/hex.ts";
import { readAuthenticationDirectory } from "../../../../../core/card/pkcs15/authentication-directory.ts";
import { readCertificateDirectory } from "../../../../../core/card/pkcs15/certificate-directory.ts";
import { trimCertificate } from "../../../../../core/card/pkcs15/certificate-file.ts";
import { readEntries } from "../../../../../core/card/pkcs15/directory-entries.ts";
import { nameOf, numberOf, readPathIn } from "../../../../../core/card/pkcs15/file-path.ts";
import { mayBeKeyFor, mayCertify } from "../../../../../core/card/pkcs15/key-choice.ts";
import { readObjectDirectory } from "../../../../../core/card/pkcs15/object-directory.ts";
import { keyUsage, readPrivateKeyDirectory } from "../../../../../core/card/pkcs15/private-key-directory.ts";
import { readIccNumber } from "../../../../../core/card/pkcs15/serial-number-file.ts";
import { readSerialNumber } from "../../../../../core/card/pkcs15/token-information.ts";

// Directory files of a card, ISO/IEC 7816-15, written out by hand.

const bytes = (hex: string) => {
  const read = fromHex(hex);
  if (read === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return read;
};
const malformed = expect.objectContaining({ code: "card-answer-malformed" });
const refuses = (read: () => unknown) => expect(read).toThrow(malformed);

describe("entries of a directory file", () => {
  const two = "3001aa 3001bb";

  test.each([
    ["end to end", two],
    ["filled up with 00", `${two} 000000`],
    ["filled up with FF", `${two} ffffff`],
    ["whose last ends in what looks like filling", "3001aa 300100"],
    ["whose last ends in what looks like filling of the other kind", "3001aa 3001ff"],
  ])("%s", (_, file) => {
    expect(readEntries(bytes(file)).map(({ tag }) => tag)).toEqual([0x30, 0x30]);
  });

  test("none in an empty file, nor in one that is all filling", () => {
    expect(readEntries(new Uint8Array())).toEqual([]);
    expect(readEntries(bytes("ffffffff"))).toEqual([]);
  });

  test("sixty-four are enough", () => {
    expect(readEntries(bytes("3000".repeat(100)))).toHaveLength(64);
  });

  test.each(["3001", "3005aabb", "3082ffff00", "3001aa 3082"])("cut short: %s is refused", file => {
    refuses(() => readEntries(bytes(file)));
  });
});

describe("a path", () => {
  const read = (hex: string) => readPathIn(bytes(hex));

  test("with place and length", () => {
    expect(read("0406 3f0000017010 0201 00 8002 051e")).toEqual({
      path: bytes("3f0000017010"),
      index: 0,
      length: 0x51e,
    });
    expect(read("0402 4301")).toEqual({ path: bytes("4301"), index: 0, length: undefined });
  });

  test.each([
    ["empty", "0400"],
    ["of an odd number of bytes", "0403 3f0001"],
    ["longer than sixteen bytes", `0412 ${"3f00".repeat(9)}`],
    ["absent", "0201 00"],
  ])("%s is none", (_, hex) => {
    expect(read(hex)).toBeUndefined();
  });

  test("names the part of the file", () => {
    expect(nameOf({ path: bytes("3f00d003"), index: 2, length: 12 })).toBe("3f00d003+2:12");
    expect(nameOf({ path: bytes("5031"), index: 0, length: undefined })).toBe("5031+0:end");
  });

  test("a number of many bytes stays finite", () => {
    expect(numberOf(bytes("0100"))).toBe(256);
    expect(numberOf(new Uint8Array(64).fill(0xff))).toBe(2 ** 40 - 1);
  });
});

describe("EF.OD", () => {
  test("tells the files of keys, certificates and PINs; others are passed over", () => {
    const od = readObjectDirectory(
      bytes("a006 3004 0402 4401  a406 3004 0402 4404  a806 3004 0402 4408  a106 3004 0402 4402"),
    );
    const pathsOf = (files: readonly { path: Uint8Array }[]) => files.map(({ path }) => toHex(path));
    expect(pathsOf(od.privateKeys)).toEqual(["4401"]);
    expect(pathsOf(od.certificates)).toEqual(["4404"]);
    expect(pathsOf(od.authentication)).toEqual(["4408"]);
  });

  test("at most four files of a kind; a path that is none is none", () => {
    expect(readObjectDirectory(bytes("a406 3004 0402 4404".repeat(9))).certificates).toHaveLength(4);
    expect(readObjectDirectory(bytes("a405 3003 0401 44")).certificates).toEqual([]);
  });
});

describe("EF.PrKD", () => {
  // Label "K", authId 01; id 45, usage sign (bit 2), native, access flags, reference 130 as an INTEGER; path.
  const common = "3006 0c01 4b 0401 01";
  const key = (usage: string, reference = "0202 0082") =>
    `${common} 30${toHex(Uint8Array.of(3 + usage.replaceAll(" ", "").length / 2 + reference.replaceAll(" ", "").length / 2))} 0401 45 ${usage} ${reference}`;
  const entry = (tag: string, content: string) => `${tag}${toHex(Uint8Array.of(bytes(content).length))} ${content}`;

  test("an RSA key and one on a curve", () => {
    const file = bytes(`${entry("30", key("0302 0520"))} ${entry("a0", key("0302 0520", "0201 06"))}`);
    expect(readPrivateKeyDirectory(file)).toMatchObject([
      { label: "K", id: "45", kind: "rsa", reference: 0x82, pin: "01", usage: new Set([keyUsage.sign]) },
      { label: "K", id: "45", kind: "ec", reference: 0x06, pin: "01" },
    ]);
  });

  test.each([
    ["a kind of key that nobody knows", entry("a5", key("0302 0520"))],
    ["no attributes", entry("30", common)],
    ["no reference", entry("30", `${common} 3003 0401 45`)],
  ])("%s is passed over", (_, hex) => {
    expect(readPrivateKeyDirectory(bytes(hex))).toEqual([]);
  });

  test("a key for documents never signs in; nor one that only deciphers, nor one behind the wrong door", () => {
    const choose = (usage: string) => readPrivateKeyDirectory(bytes(entry("30", key(usage))));
    const [signing] = choose("0302 0520");
    const [documents] = choose("0303 062040");
    const [deciphering] = choose("0302 0640");
    if (signing === undefined || documents === undefined || deciphering === undefined) throw new Error("not read");
    expect(documents.usage).toEqual(new Set([keyUsage.sign, keyUsage.nonRepudiation]));
    expect(mayBeKeyFor("authentication", signing)).toBe(true);
    expect(mayBeKeyFor("presence", signing)).toBe(false);
    expect(mayBeKeyFor("presence", { ...signing, pin: undefined })).toBe(true);
    expect(mayBeKeyFor("authentication", documents)).toBe(false);
    expect(mayBeKeyFor("authentication", deciphering)).toBe(false);
  });

  test("what is no certificate certifies nothing", () => {
    expect(mayCertify(bytes("3003020100"))).toBe(false);
    expect(mayCertify(new Uint8Array())).toBe(false);
  });
});

describe("EF.CD", () => {
  test("label, id and file", () => {
    expect(readCertificateDirectory(bytes(entryOf("3007 0402 4301 0201 00")))).toMatchObject([
      { label: "C", id: "45", file: { path: bytes("4301"), index: 0 } },
    ]);
  });

  test("one without a path, and one of another kind, are passed over", () => {
    expect(readCertificateDirectory(bytes(entryOf("3003 0201 00")))).toEqual([]);
    expect(readCertificateDirectory(bytes("a003 0401 45"))).toEqual([]);
    refuses(() => readCertificateDirectory(bytes(entryOf("3007 0402 4301 0201 00")).subarray(0, 12)));
  });

  function entryOf(path: string): string {
    const wrap = (tag: string, hex: string) => `${tag}${toHex(Uint8Array.of(bytes(hex).length))}${hex}`;
    return wrap("30", `3003 0c01 43 3003 0401 45 ${wrap("a1", wrap("30", path))}`);
  }
});

describe("EF.AOD", () => {
  const wrap = (tag: string, hex: string) => `${tag}${toHex(Uint8Array.of(bytes(hex).length))}${hex}`;
  const password = (attributes: string) =>
    bytes(wrap("30", `3003 0c01 50 3003 0401 01 ${wrap("a1", wrap("30", attributes))}`));

  test("an Italian PIN: five to eight digits, filled up with FF, reference 10", () => {
    // Flags: local, initialized, needs padding (bits 1, 4, 5); ASCII; 5, 8, 8; reference; padding.
    expect(readAuthenticationDirectory(password("0302 024c 0a01 01 0201 05 0201 08 0201 08 8001 10 0401 ff"))).toEqual([
      {
        id: "01",
        reference: 0x10,
        format: { encoding: "ascii", minimumLength: 5, maximumLength: 8, storedLength: 8, padding: 0xff },
        isUnblockingCode: false,
        canBeUnblocked: true,
      },
    ]);
  });

  test("a French PIN: four digits, nothing filled up, reference 01", () => {
    expect(readAuthenticationDirectory(password("0302 0308 0a01 01 0201 04 0201 04 0201 04 8001 01"))).toMatchObject([
      { reference: 1, format: { minimumLength: 4, maximumLength: 4, storedLength: undefined } },
    ]);
  });

  test("a German PIN stands in a block of ISO 9564-1", () => {
    expect(readAuthenticationDirectory(password("0302 024c 0a01 04 0201 06 0201 08 0201 08 8001 01"))).toMatchObject([
      { format: { encoding: "iso-9564-2", minimumLength: 6 } },
    ]);
  });

  test("an unblocking code, and a PIN that cannot be unblocked, say so", () => {
    expect(readAuthenticationDirectory(password("0302 0102 0a01 01 0201 08 0201 08"))).toMatchObject([
      { isUnblockingCode: true },
    ]);
    expect(readAuthenticationDirectory(password("0302 0410 0a01 01 0201 04 0201 08"))).toMatchObject([
      { canBeUnblocked: false },
    ]);
  });

  test.each([
    ["the issuer's own", "0302 0001 0a01 01 0201 04 0201 08"],
    ["of a type that nobody knows", "0302 0308 0a01 09 0201 04 0201 08"],
    ["without lengths", "0302 0308 0a01 01"],
  ])("%s is passed over", (_, attributes) => {
    expect(readAuthenticationDirectory(password(attributes))).toEqual([]);
  });
});

describe("numbers of the chip", () => {
  test("EF.SN.ICC: the digits without the half byte that fills the last", () => {
    expect(readIccNumber(bytes("5a0a 8025000001 99213845 0f"))).toBe("8025000001992138450");
    expect(readIccNumber(bytes("5a00"))).toBeUndefined();
    expect(readIccNumber(bytes("5b01 01"))).toBeUndefined();
  });

  test("EF.CIAInfo: the serial number, at most thirty-two bytes of it", () => {
    expect(readSerialNumber(bytes("3007 0201 00 0402 1234"))).toBe("1234");
    expect(readSerialNumber(bytes("3005 0201 00 0400"))).toBeUndefined();
    expect(readSerialNumber(bytes("0401 12"))).toBeUndefined();
    expect(readSerialNumber(bytes(`302d 0201 00 0428 ${"ab".repeat(40)}`))).toBe("ab".repeat(32));
  });
});

test("a certificate file: the certificate without what fills it up", () => {
  expect(trimCertificate(bytes("308102 aabb ffffff"))).toEqual(bytes("308102aabb"));
  expect(trimCertificate(bytes("30820002 aabb 0000"))).toEqual(bytes("30820002aabb"));
  expect(trimCertificate(bytes("30820003 aabb"))).toBeUndefined();
  expect(trimCertificate(bytes("3002 aabb"))).toBeUndefined();
  expect(trimCertificate(new Uint8Array())).toBeUndefined();
});
