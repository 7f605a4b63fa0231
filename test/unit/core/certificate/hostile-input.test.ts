import { describe, expect, test } from "vitest";
import { readCertificate } from "../../../../core/certificate/certificate.ts";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { DerProblem } from "../../../../core/certificate/der-reader.ts";
import { readOcspResponse } from "../../../../core/certificate/revocation/ocsp-response.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import {
  authorityExtensions,
  factoryDemand,
  factoryNow,
  goodHouse,
  leafExtensions,
  TestAuthority,
  validatorOf,
  verdictOf,
} from "../../../fixtures/certificate-factory.ts";
import { ocspAnswer } from "../../../fixtures/ocsp-answer.ts";
import { generalName, oddExtensions } from "../../../fixtures/odd-extensions.ts";

const { root, issuing, material } = goodHouse();
const { host, mailbox, ip, directory, principal } = generalName;
const rich = issuing.issue({
  extensions: leafExtensions(
    oddExtensions.alternativeNames(host("a.example"), mailbox("x@a.example"), ip(1, 2, 3, 4), principal("u@a")),
    oddExtensions.nameConstraints({
      permitted: [host("a")],
      excluded: [directory(issuing.name), ip(1, 2, 3, 4, 255, 0, 0, 0)],
    }),
    oddExtensions.policyMappings(["1.2.3", "1.2.4"]),
    oddExtensions.policyConstraints(1, 2),
    oddExtensions.inhibitAnyPolicy(3),
    extensions.certificatePolicies("1.2.3"),
    oddExtensions.distributionPoints({ names: [host("a")], reasons: [1, 2], listIssuer: issuing.name }),
  ),
});
const list = issuing.crl({
  revoked: [1, 2, 3].map(serial => ({
    serial: Uint8Array.of(serial),
    at: factoryNow,
    extensions: [oddExtensions.reason(serial), oddExtensions.certificateIssuer(root.name)],
  })),
  extensions: [
    extensions.crlNumber(9),
    oddExtensions.issuingPoint({ names: [host("a")], reasons: [1], indirect: true }),
    oddExtensions.deltaIndicator(4),
  ],
});
const leaf = issuing.issue();
const response = ocspAnswer({ about: leaf, issuer: issuing, certificates: [leaf], status: "revoked" });

/** The same numbers every time (Numerical Recipes' generator). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Bytes changed, cut out, doubled; lengths made huge. */
function mutated(bytes: Uint8Array, random: Generator<number, never>): Uint8Array {
  const changed = [...bytes];
  const below = (most: number) => Math.floor(random.next().value * most);
  for (let change = 0; change <= below(4); change += 1) {
    const at = below(changed.length);
    const span = changed.slice(at, at + below(40));
    [
      () => changed.splice(at, 1, below(256)),
      () => changed.splice(at, span.length),
      () => changed.splice(at, 0, ...span),
      () => changed.splice(at, 2, 0x84, 0xff, 0xff, 0xff, 0xff),
      () => changed.splice(at, 2, 0x30, 0x80),
    ][below(5)]?.();
  }
  return Uint8Array.from(changed);
}

const readers: readonly (readonly [string, Uint8Array, (der: Uint8Array) => object])[] = [
  ["certificates", rich, readCertificate],
  ["lists", list, der => readCertificateList(der)],
  ["OCSP responses", response, readOcspResponse],
];

describe("mutated DER", () => {
  test.each(readers)("of %s is read or refused by DerProblem, and never slowly", (_, seed, read) => {
    expect(read(seed)).toBeDefined();
    const random = numbers(seed.length);
    const odd: string[] = [];
    let refused = 0;
    for (let turn = 0; turn < 6_000; turn += 1) {
      const bytes = mutated(seed, random);
      try {
        read(bytes);
      } catch (problem) {
        if (problem instanceof DerProblem) refused += 1;
        else odd.push(`${Buffer.from(bytes).toString("hex")}: ${problem}`);
      }
    }
    expect(odd).toEqual([]);
    expect(refused).toBeGreaterThan(1_000);
  });

  test("never makes a verdict throw, and nothing of it is accepted", () => {
    const validator = validatorOf(material);
    const random = numbers(7);
    const accepted: string[] = [];
    for (let turn = 0; turn < 2_000; turn += 1) {
      const [bytes, answer] = [mutated(leaf, random), mutated(response, random)];
      const same = Buffer.from(bytes).equals(leaf);
      if (validator.validate(bytes, factoryDemand, [answer]).valid && !same)
        accepted.push(Buffer.from(bytes).toString("hex"));
    }
    expect(accepted).toEqual([]);
  });
});

describe("what is made to be slow", () => {
  const hosts = (count: number, suffix: string) =>
    Array.from({ length: count }, (_, index) => host(`h${index}${suffix}`));

  test("thousands of names under thousands of constraints spend the budget", () => {
    const authority = new TestAuthority("BUSY", root, {
      extensions: [...authorityExtensions(), oddExtensions.nameConstraints({ excluded: hosts(2_000, ".x.example") })],
    });
    const house = { ...material, intermediates: [authority.certificate], crls: [root.crl(), authority.crl()] };
    const holder = (count: number) =>
      authority.issue({ extensions: leafExtensions(oddExtensions.alternativeNames(...hosts(count, ".y.example"))) });
    expect(verdictOf(house, holder(10))).toBe("valid");
    expect(verdictOf(house, holder(1_000))).toBe("budget-spent");
  });

  test("policies mapped many to many at every level do not multiply", () => {
    const policies = Array.from({ length: 30 }, (_, index) => `1.2.3.${index}`);
    const pairs = policies.flatMap(from => policies.map(to => [from, to] as const));
    const authorities = [root];
    for (let depth = 0; depth < 9; depth += 1)
      authorities.push(
        new TestAuthority(`MAPS ${depth}`, authorities.at(-1), {
          extensions: [
            ...authorityExtensions(),
            extensions.certificatePolicies(...policies),
            oddExtensions.policyMappings(...pairs),
          ],
        }),
      );
    const house = {
      anchors: [root.certificate],
      intermediates: authorities.slice(1).map(one => one.certificate),
      crls: authorities.map(one => one.crl()),
    };
    const holder =
      authorities.at(-1)?.issue({ extensions: leafExtensions(extensions.certificatePolicies("1.2.3.0")) }) ?? leaf;
    const wanted = (policy: string) => ({
      ...factoryDemand,
      policies: { ...factoryDemand.policies, initialSet: new Set([policy]), requireExplicit: true },
    });
    expect(verdictOf(house, holder, wanted("1.2.3.29"))).toBe("valid");
    expect(verdictOf(house, holder, wanted("1.2.3.30"))).toBe("policy-missing");
  });
});
