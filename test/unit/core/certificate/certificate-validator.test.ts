import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { failureOf } from "../../../../core/certificate/verdict.ts";
import { failureCatalogue } from "../../../../core/errors/catalogue.ts";
import { encodeExtensions, encodeName, signStructure } from "../../../../core/x509/build-certificate.ts";
import {
  bitString,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  sequence,
  time,
} from "../../../../core/x509/der-writer.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import {
  authorityExtensions,
  clientAuthentication,
  day,
  ecKey,
  factoryDemand,
  factoryNow,
  goodHouse,
  leafExtensions,
  nameOf,
  rsaKey,
  signerOf,
  spkiOf,
  TestAuthority,
  validatorOf,
  verdictOf,
} from "../../../fixtures/certificate-factory.ts";

const { root, issuing, material } = goodHouse();
const leaf = issuing.issue();

/** A leaf signed by something that our writer does not offer. */
function oddlySigned(algorithm: Uint8Array, signer: ReturnType<typeof signerOf>, authority = issuing): Uint8Array {
  const content = authority.leafContent();
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(content.serial),
    algorithm,
    encodeName(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    encodeName(content.subject),
    content.publicKey,
    explicit(3, encodeExtensions(content.extensions)),
  );
  return sequence(tbs, algorithm, bitString(signer.sign(tbs)));
}

describe("a good path", () => {
  test("is valid, and told leaf first and anchor last", () => {
    const verdict = validatorOf(material).validate(leaf, factoryDemand);
    expect(verdict.valid).toBe(true);
    if (!verdict.valid) return;
    expect(verdict.path.map(one => Buffer.from(one.der).toString("hex"))).toEqual(
      [leaf, issuing.certificate, root.certificate].map(one => Buffer.from(one).toString("hex")),
    );
    // Node agrees on who signed.
    expect(new X509Certificate(leaf).verify(new X509Certificate(issuing.certificate).publicKey)).toBe(true);
  });

  test("straight below the anchor, and with RSA throughout", () => {
    expect(verdictOf(material, root.issue())).toBe("valid");
    const rsaRoot = new TestAuthority("RSA ROOT", undefined, {}, rsaKey());
    const rsaHouse = { anchors: [rsaRoot.certificate], intermediates: [], crls: [rsaRoot.crl()] };
    expect(verdictOf(rsaHouse, rsaRoot.issue({ publicKey: spkiOf(rsaKey()) }))).toBe("valid");
  });

  test("is valid again, from what was remembered; a neighbour with a wrong signature still is not", () => {
    const validator = validatorOf(material);
    expect(validator.validate(leaf, factoryDemand).valid).toBe(true);
    expect(validator.validate(leaf, factoryDemand).valid).toBe(true);
    const forged = issuing.issue({}, signerOf(ecKey()));
    expect(validator.validate(forged, factoryDemand)).toMatchObject({ valid: false, reason: "signature-wrong" });
  });
});

describe("dates", () => {
  test.each([
    ["the first millisecond", -10 * day, "valid"],
    ["a second before it", -10 * day - 1_000, "not-yet-valid"],
    ["the last second", 10 * day, "valid"],
    ["a second after it", 10 * day + 1_000, "expired"],
  ])("of the leaf: %s", (_, offset, verdict) => {
    const crls = [root, issuing].map(one =>
      one.crl({ thisUpdate: factoryNow - 100 * day, nextUpdate: factoryNow + 100 * day }),
    );
    const house = { ...material, crls };
    expect(verdictOf(house, leaf, { ...factoryDemand, at: factoryNow + offset })).toBe(verdict);
  });

  test("of an authority on the way, and of the anchor", () => {
    const old = new TestAuthority("OLD", root, { notAfter: factoryNow - day });
    const house = { ...material, intermediates: [old.certificate], crls: [root.crl(), old.crl()] };
    expect(verdictOf(house, old.issue())).toBe("expired");
    const oldRoot = new TestAuthority("OLD ROOT", undefined, { notAfter: factoryNow - day });
    expect(
      verdictOf({ anchors: [oldRoot.certificate], intermediates: [], crls: [oldRoot.crl()] }, oldRoot.issue()),
    ).toBe("expired");
  });
});

describe("purposes", () => {
  const issue = (...list: ReturnType<typeof leafExtensions>) => issuing.issue({ extensions: list });
  const base = extensions.basicConstraints(false);
  const usage = extensions.keyUsage("digitalSignature");
  const purpose = extensions.extendedKeyUsage(clientAuthentication);

  test.each([
    ["all that is wanted", [base, usage, purpose], "valid"],
    ["no key usage is no restriction", [base, purpose], "valid"],
    [
      "one purpose of several",
      [base, usage, extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.4", clientAuthentication)],
      "valid",
    ],
    ["another purpose", [base, usage, extensions.extendedKeyUsage("1.3.6.1.5.5.7.3.4")], "purpose-missing"],
    ["any purpose is not the wanted one", [base, usage, extensions.extendedKeyUsage("2.5.29.37.0")], "purpose-missing"],
    ["no purpose", [base, usage], "purpose-missing"],
    ["a key for signing documents", [base, extensions.keyUsage("nonRepudiation"), purpose], "key-usage-missing"],
    [
      "an authority",
      [extensions.basicConstraints(true), extensions.keyUsage("digitalSignature", "keyCertSign"), purpose],
      "purpose-missing",
    ],
  ])("%s", (_, list, verdict) => {
    expect(verdictOf(material, issue(...list))).toBe(verdict);
  });

  test("an unknown critical extension refuses, the same one uncritical does not", () => {
    const unknown = extensions.other("1.2.3.4", nothing());
    expect(verdictOf(material, issuing.issue({ extensions: leafExtensions(unknown) }))).toBe("valid");
    const critical = issuing.issue({ extensions: leafExtensions({ ...unknown, critical: true }) });
    expect(verdictOf(material, critical)).toBe("critical-extension-unknown");
    const strange = new TestAuthority("STRANGE", root, {
      extensions: [...authorityExtensions(), { ...unknown, critical: true }],
    });
    const house = { ...material, intermediates: [strange.certificate], crls: [root.crl(), strange.crl()] };
    expect(verdictOf(house, strange.issue())).toBe("critical-extension-unknown");
  });
});

describe("authorities", () => {
  const below = (authority: TestAuthority) => ({
    ...material,
    intermediates: [authority.certificate],
    crls: [root.crl(), authority.crl()],
  });

  test("a holder is none: no certificate below another holder's", () => {
    const holder = new TestAuthority("HOLDER", root, { extensions: leafExtensions() });
    expect(verdictOf(below(holder), holder.issue())).toBe("not-an-authority");
    const silent = new TestAuthority("SILENT", root, { extensions: [extensions.keyUsage("keyCertSign", "crlSign")] });
    expect(verdictOf(below(silent), silent.issue())).toBe("not-an-authority");
  });

  test("one that may not sign certificates does not", () => {
    const other = new TestAuthority("LISTS", root, {
      extensions: [extensions.basicConstraints(true), extensions.keyUsage("crlSign")],
    });
    expect(verdictOf(below(other), other.issue())).toBe("key-usage-missing");
  });

  test("path length: as many as allowed, not one more", () => {
    const second = new TestAuthority("SECOND", issuing);
    const house = {
      ...material,
      intermediates: [issuing.certificate, second.certificate],
      crls: [root.crl(), issuing.crl(), second.crl()],
    };
    expect(verdictOf(house, second.issue())).toBe("path-too-long");
    const roomy = new TestAuthority("ROOMY", root, { extensions: authorityExtensions(1) });
    const below2 = new TestAuthority("BELOW", roomy);
    const roomyHouse = {
      ...material,
      intermediates: [roomy.certificate, below2.certificate],
      crls: [root.crl(), roomy.crl(), below2.crl()],
    };
    expect(verdictOf(roomyHouse, below2.issue())).toBe("valid");
  });

  test("the anchor's own path length counts", () => {
    const strict = new TestAuthority("STRICT", undefined, { extensions: authorityExtensions(0) });
    const child = new TestAuthority("CHILD", strict);
    const crls = [strict.crl(), child.crl()];
    const house = { anchors: [strict.certificate], intermediates: [child.certificate], crls };
    expect(verdictOf(house, strict.issue())).toBe("valid");
    expect(verdictOf(house, child.issue())).toBe("path-too-long");
  });

  test("a path of more than twelve certificates below the anchor is not followed", () => {
    const chain = [root];
    for (let depth = 1; depth < 13; depth += 1) chain.push(new TestAuthority(`DEPTH ${depth}`, chain.at(-1)));
    const house = (length: number) => ({
      anchors: [root.certificate],
      intermediates: chain.slice(1, length).map(one => one.certificate),
      crls: chain.slice(0, length).map(one => one.crl()),
    });
    expect(verdictOf(house(12), chain[11]?.issue() ?? leaf)).toBe("valid");
    expect(verdictOf(house(13), chain[12]?.issue() ?? leaf)).toBe("no-path-to-anchor");
  });

  test("nobody's leaf has no path", () => {
    expect(verdictOf(material, new TestAuthority("NOBODY").issue())).toBe("no-path-to-anchor");
    expect(verdictOf({ ...material, intermediates: [] }, leaf)).toBe("no-path-to-anchor");
    expect(verdictOf({ ...material, anchors: [] }, leaf)).toBe("no-path-to-anchor");
  });

  test("an intermediate is no anchor, even self-signed", () => {
    const self = new TestAuthority("SELF");
    expect(verdictOf({ ...material, intermediates: [self.certificate], crls: [self.crl()] }, self.issue())).toBe(
      "no-path-to-anchor",
    );
  });

  test("the attacker's authority under the real name opens nothing", () => {
    const attacker = new TestAuthority("ISSUING", new TestAuthority("ROOT"));
    const forged = attacker.issue();
    expect(verdictOf(material, forged)).toBe("signature-wrong");
    // Even where it stands among the intermediates, on either side of the real one.
    for (const intermediates of [
      [attacker.certificate, issuing.certificate],
      [issuing.certificate, attacker.certificate],
    ]) {
      const house = { ...material, intermediates, crls: [...material.crls, attacker.crl()] };
      expect(verdictOf(house, forged)).toBe("signature-wrong");
      expect(verdictOf(house, leaf)).toBe("valid");
    }
    const attackersRoot = new TestAuthority("ROOT");
    expect(verdictOf(material, attackersRoot.issue())).toBe("signature-wrong");
  });

  test("loops of intermediates end", () => {
    const a = new TestAuthority("A");
    const b = new TestAuthority("B", a);
    const again = new TestAuthority("A", b, {}, a.key);
    const others = Array.from({ length: 30 }, () => new TestAuthority("A", b));
    const house = {
      ...material,
      intermediates: [again, b, ...others].map(one => one.certificate),
      crls: [...material.crls, a.crl(), b.crl()],
    };
    // Every one of the others has a name that fits and a key that does not.
    expect(verdictOf(house, a.issue())).toBe("signature-wrong");
    expect(verdictOf(house, b.issue())).toBe("signature-wrong");
    const plain = { ...house, intermediates: [a.certificate, again.certificate, b.certificate] };
    expect(verdictOf(plain, b.issue())).toBe("no-path-to-anchor");
  });

  test("a maze of authorities that all certify each other is left within the budget, and does not hide the way", () => {
    const nodes = Array.from({ length: 12 }, (_, index) => new TestAuthority(`MAZE ${index}`));
    const maze = nodes.flatMap(below =>
      nodes.filter(above => above !== below).map(above => above.certify(below).certificate),
    );
    const [first] = nodes;
    if (first === undefined) throw new Error("no maze");
    const inMaze = first.issue();
    const crls = [root.crl(), ...nodes.map(one => one.crl())];
    expect(verdictOf({ ...material, intermediates: maze, crls }, inMaze)).toBe("budget-spent");
    const wayOut = root.certify(first).certificate;
    expect(verdictOf({ ...material, intermediates: [...maze, wayOut], crls }, inMaze)).toBe("valid");
  });
});

describe("signatures and algorithms", () => {
  test("a wrong signature is refused", () => {
    expect(verdictOf(material, issuing.issue({}, signerOf(ecKey())))).toBe("signature-wrong");
  });

  test("SHA-1 is refused, the same with SHA-256 is not", () => {
    const rsaRoot = new TestAuthority("RSA ROOT", undefined, {}, rsaKey());
    const house = { anchors: [rsaRoot.certificate], intermediates: [], crls: [rsaRoot.crl()] };
    const sha1 = sequence(objectIdentifier("1.2.840.113549.1.1.5"), nothing());
    const sha2 = sequence(objectIdentifier("1.2.840.113549.1.1.11"), nothing());
    expect(verdictOf(house, oddlySigned(sha1, signerOf(rsaRoot.key, "sha1"), rsaRoot))).toBe("algorithm-not-allowed");
    expect(verdictOf(house, oddlySigned(sha2, signerOf(rsaRoot.key), rsaRoot))).toBe("valid");
  });

  test("an algorithm that nobody knows is refused", () => {
    const odd = sequence(objectIdentifier("1.2.3.4"));
    expect(verdictOf(material, oddlySigned(odd, signerOf(issuing.key)))).toBe("algorithm-not-allowed");
  });

  test("an ECDSA algorithm over an RSA key verifies nothing", () => {
    const rsaRoot = new TestAuthority("RSA ROOT", undefined, {}, rsaKey());
    const house = { anchors: [rsaRoot.certificate], intermediates: [], crls: [rsaRoot.crl()] };
    const ecdsa = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
    expect(verdictOf(house, oddlySigned(ecdsa, signerOf(rsaRoot.key), rsaRoot))).toBe("signature-wrong");
  });

  test("RSA of 1024 bits is refused, of the holder and of an authority", () => {
    expect(verdictOf(material, issuing.issue({ publicKey: spkiOf(rsaKey(1024)) }))).toBe("key-not-allowed");
    const weak = new TestAuthority("WEAK", root, {}, rsaKey(1024));
    const house = { ...material, intermediates: [weak.certificate], crls: [root.crl(), weak.crl()] };
    expect(verdictOf(house, weak.issue())).toBe("key-not-allowed");
    const weakRoot = new TestAuthority("WEAK ROOT", undefined, {}, rsaKey(1024));
    const weakHouse = { anchors: [weakRoot.certificate], intermediates: [], crls: [weakRoot.crl()] };
    expect(verdictOf(weakHouse, weakRoot.issue())).toBe("key-not-allowed");
  });

  test("a flipped bit in any byte of a valid leaf is never accepted", () => {
    const validator = validatorOf(material);
    // What is remembered of the good one must not help a changed one.
    expect(validator.validate(leaf, factoryDemand).valid).toBe(true);
    const accepted: number[] = [];
    for (let at = 0; at < leaf.length; at += 1) {
      const changed = leaf.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      if (validator.validate(changed, factoryDemand).valid) accepted.push(at);
    }
    expect(accepted).toEqual([]);
    expect(validator.validate(leaf, factoryDemand).valid).toBe(true);
  });

  test("a leaf cut short, lengthened or empty is malformed", () => {
    for (const bytes of [leaf.subarray(0, -1), Buffer.concat([leaf, Uint8Array.of(0)]), new Uint8Array()]) {
      expect(verdictOf(material, bytes)).toBe("certificate-malformed");
    }
  });
});

describe("revocation", () => {
  const serial = Uint8Array.of(9, 9, 9);
  const revoked = [{ serial, at: factoryNow - day }];
  const holder = issuing.issue({ serial });
  const lists = (...crls: Uint8Array[]) => ({ ...material, crls: [root.crl(), ...crls] });

  test("on the list or not", () => {
    expect(verdictOf(lists(issuing.crl({ revoked })), holder)).toBe("revoked");
    expect(verdictOf(lists(issuing.crl({ revoked })), leaf)).toBe("valid");
    expect(verdictOf(lists(issuing.crl()), holder)).toBe("valid");
  });

  test("one list that says revoked counts beside one that does not, in either order", () => {
    const yes = issuing.crl({ revoked });
    const no = issuing.crl();
    expect([verdictOf(lists(yes, no), holder), verdictOf(lists(no, yes), holder)]).toEqual(["revoked", "revoked"]);
  });

  test("of an authority", () => {
    const bad = new TestAuthority("BAD", root, { serial });
    const house = { ...material, intermediates: [bad.certificate], crls: [root.crl({ revoked }), bad.crl()] };
    expect(verdictOf(house, bad.issue())).toBe("revoked");
  });

  const odd = { oid: "2.5.29.28", critical: true, value: sequence(implicit(2, Uint8Array.of(0xff))) };
  test.each([
    ["none", () => lists()],
    ["none of the authority above", () => ({ ...material, crls: [issuing.crl()] })],
    ["a stale one", () => lists(issuing.crl({ nextUpdate: factoryNow - 1_000 }))],
    ["one of the future", () => lists(issuing.crl({ thisUpdate: factoryNow + 1_000 }))],
    ["a forged one", () => lists(issuing.crl({}, signerOf(ecKey())))],
    ["one of another issuer", () => lists(issuing.crl({ issuer: nameOf("OTHER") }))],
    ["one for a part of the certificates alone", () => lists(issuing.crl({ extensions: [odd] }))],
  ])("a list that says nothing leaves it unknown: %s", (_, house) => {
    expect(verdictOf(house(), leaf)).toBe("revocation-unknown");
  });

  test("a forged list cannot revoke, a stale one neither", () => {
    const good = issuing.crl();
    expect(verdictOf(lists(good, issuing.crl({ revoked }, signerOf(ecKey()))), holder)).toBe("valid");
    expect(verdictOf(lists(good, issuing.crl({ revoked, nextUpdate: factoryNow - 1_000 })), holder)).toBe("valid");
  });

  test("an authority that may not sign lists says nothing by them", () => {
    const mute = new TestAuthority("MUTE", root, {
      extensions: [extensions.basicConstraints(true), extensions.keyUsage("keyCertSign")],
    });
    const house = { ...material, intermediates: [mute.certificate], crls: [root.crl(), mute.crl()] };
    expect(verdictOf(house, mute.issue())).toBe("revocation-unknown");
  });

  test("a list that is signed by SHA-1 says nothing", () => {
    const rsaRoot = new TestAuthority("RSA ROOT", undefined, {}, rsaKey());
    const listBy = (algorithm: string, hash: string) => {
      const identifier = sequence(objectIdentifier(algorithm), nothing());
      const tbs = sequence(
        integer(1),
        identifier,
        encodeName(rsaRoot.name),
        time(factoryNow - day),
        time(factoryNow + day),
      );
      return sequence(tbs, identifier, bitString(signerOf(rsaRoot.key, hash).sign(tbs)));
    };
    const house = (list: Uint8Array) => ({ anchors: [rsaRoot.certificate], intermediates: [], crls: [list] });
    const below = rsaRoot.issue();
    expect(verdictOf(house(listBy("1.2.840.113549.1.1.5", "sha1")), below)).toBe("revocation-unknown");
    expect(verdictOf(house(listBy("1.2.840.113549.1.1.11", "sha256")), below)).toBe("valid");
  });

  test("a list that cannot be read is refused at once, not forgotten; one without an end says nothing", () => {
    expect(() => validatorOf(lists(issuing.crl().subarray(0, -1)))).toThrow();
    const withoutEnd = signStructure(
      sequence(
        integer(1),
        sequence(objectIdentifier("1.2.840.10045.4.3.2")),
        encodeName(issuing.name),
        time(factoryNow),
      ),
      signerOf(issuing.key),
    );
    expect(verdictOf(lists(withoutEnd), leaf)).toBe("revocation-unknown");
  });

  test("an entry whose critical extension is not honoured leaves all of the list unsaid", () => {
    const entry = (extra: Uint8Array[]) => sequence(integer(serial), time(factoryNow - day), ...extra);
    const list = (extra: Uint8Array[]) =>
      signStructure(
        sequence(
          integer(1),
          sequence(objectIdentifier("1.2.840.10045.4.3.2")),
          encodeName(issuing.name),
          time(factoryNow - day),
          time(factoryNow + day),
          sequence(entry(extra)),
        ),
        signerOf(issuing.key),
      );
    const reason = { oid: "2.5.29.21", critical: false, value: Uint8Array.of(0x0a, 1, 1) };
    expect(verdictOf(lists(list([encodeExtensions([reason])])), holder)).toBe("revoked");
    const odd = { oid: "1.2.3.4", critical: true, value: nothing() };
    expect(verdictOf(lists(list([encodeExtensions([odd])])), holder)).toBe("revocation-unknown");
    // Of another issuer's certificates only an indirect list may speak.
    const other = { oid: "2.5.29.29", critical: true, value: sequence(explicit(4, encodeName(nameOf("OTHER")))) };
    expect(verdictOf(lists(list([encodeExtensions([other])])), holder)).toBe("revocation-unknown");
  });
});

describe("what the holder is told", () => {
  test("every reason has a failure of the catalogue", () => {
    const codes = (["expired", "not-yet-valid", "revoked", "revocation-unknown", "purpose-missing"] as const).map(
      failureOf,
    );
    expect(codes).toEqual([
      "certificate-expired",
      "certificate-not-yet-valid",
      "certificate-revoked",
      "revocation-unknown",
      "certificate-wrong-purpose",
    ]);
    for (const reason of ["no-path-to-anchor", "signature-wrong", "algorithm-not-allowed", "budget-spent"] as const) {
      expect(failureOf(reason)).toBe("certificate-untrusted");
    }
    for (const code of codes) expect(failureCatalogue[code].remedy).not.toBe("");
  });
});
