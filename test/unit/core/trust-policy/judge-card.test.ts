import { describe, expect, test } from "vitest";
import { validatorPorts } from "../../../../broker/trust/validator-ports.ts";
import { toBase64 } from "../../../../core/bytes/base64.ts";
import { readCertificateList } from "../../../../core/certificate/certificate-list.ts";
import { type CardQuestion, judgeCard } from "../../../../core/trust-policy/judge-card.ts";
import { trustDomain, type WrittenTrustDocument } from "../../../../core/trust-policy/trust-document.ts";
import { TrustedDomain } from "../../../../core/trust-policy/trusted-domain.ts";
import type { Name } from "../../../../core/x509/build-certificate.ts";
import { extensions } from "../../../../core/x509/extensions.ts";
import { day, factoryNow, goodHouse, leafExtensions, rsaKey, spkiOf } from "../../../fixtures/certificate-factory.ts";
import { ocspAnswer } from "../../../fixtures/ocsp-answer.ts";

type WrittenDomain = WrittenTrustDocument["domains"][number];

const { root, issuing, material } = goodHouse();
const person: Name = [
  [{ type: "2.5.4.6", value: "FR" }],
  [
    { type: "2.5.4.3", value: "899700218896" },
    { type: "2.5.4.4", value: "AUBERT" },
    { type: "2.5.4.42", value: "CAMILLE" },
  ],
];
const card = issuing.issue({ subject: person });
const hour = 3_600_000;

function domainOf(change: Partial<WrittenDomain> = {}, crls = material.crls): TrustedDomain {
  const anchors = material.anchors.map(der => ({ certificate: toBase64(der) }));
  const intermediates = material.intermediates.map(toBase64);
  return new TrustedDomain(
    trustDomain.parse({ id: "house", anchors, intermediates, ...change }),
    crls.map(der => readCertificateList(der)),
    validatorPorts(),
  );
}

function told(domain: TrustedDomain, change: Partial<CardQuestion> = {}): string {
  const asked = {
    certificate: card,
    key: "authentication",
    at: factoryNow,
    demonstration: false,
    ocspResponses: [],
  } as const;
  const verdict = judgeCard({ ...asked, ...change }, [domain]);
  return verdict.fit ? verdict.revocation : `${verdict.code}: ${verdict.detail}`;
}

describe("a card", () => {
  test("is fit by current lists, and not without them", () => {
    expect(told(domainOf())).toBe("current");
    expect(told(domainOf({}, [root.crl()]))).toMatch(/^revocation-unknown: .*ISSUING: no list; no OCSP response$/);
  });

  test("is fit by an OCSP response where no list is there; one that says revoked counts beside a list", () => {
    const about = { about: card, issuer: issuing };
    const noList = domainOf({}, [root.crl()]);
    expect(told(noList, { ocspResponses: [ocspAnswer(about)] })).toBe("current");
    expect(told(noList, { ocspResponses: [ocspAnswer({ ...about, nextUpdate: undefined })] })).toBe("current");
    const dayOld = ocspAnswer({ ...about, thisUpdate: factoryNow - day, nextUpdate: undefined });
    expect(told(noList, { ocspResponses: [dayOld] })).toMatch(/^revocation-unknown/);
    expect(told(domainOf(), { ocspResponses: [ocspAnswer({ ...about, status: "revoked" })] })).toMatch(
      /^certificate-revoked/,
    );
  });

  test.each([
    ["deny", { rule: "deny" }, 1, /^revocation-unknown: .*past its nextUpdate/],
    ["allow, within the hours", { rule: "allow", hours: 5 }, 5, /^aged$/],
    ["allow, beyond the hours", { rule: "allow", hours: 5 }, 6, /^revocation-unknown/],
    ["allow, and current", { rule: "allow", hours: 5 }, 0, /^current$/],
  ] as const)("by lists that are old: %s", (_, whenOld, hoursLate, expected) => {
    const crls = [root, issuing].map(one => one.crl({ nextUpdate: factoryNow - hoursLate * hour }));
    expect(told(domainOf({ revocation: { whenOld } }, crls))).toMatch(expected);
  });

  test("on an old list is revoked where old lists count", () => {
    const revoked = [{ serial: Uint8Array.of(5, 5), at: factoryNow - day }];
    const crls = [root, issuing].map(one => one.crl({ revoked, nextUpdate: factoryNow - hour }));
    const certificate = issuing.issue({ subject: person, serial: Uint8Array.of(5, 5) });
    const revocation = { whenOld: { rule: "allow", hours: 5 } } as const;
    expect(told(domainOf({ revocation }, crls), { certificate })).toMatch(/^certificate-revoked/);
  });

  test("must be good for a policy of its anchor, where that names any", () => {
    const policies = (wanted: string[]) =>
      domainOf({ anchors: [{ certificate: toBase64(root.certificate), policies: wanted }] });
    const withPolicy = (authority: string, holder: string) => {
      const between = root.certify(issuing, {
        extensions: [
          extensions.basicConstraints(true),
          extensions.keyUsage("keyCertSign", "crlSign"),
          extensions.certificatePolicies(authority),
        ],
      });
      const certificate = issuing.issue({
        subject: person,
        extensions: leafExtensions(extensions.certificatePolicies(holder)),
      });
      const anchors = [{ certificate: toBase64(root.certificate), policies: ["1.2.3"] }];
      return told(domainOf({ anchors, intermediates: [toBase64(between.certificate)] }), { certificate });
    };
    expect(withPolicy("1.2.3", "1.2.3")).toBe("current");
    expect(withPolicy("1.2.3", "1.2.4")).toMatch(/^certificate-untrusted: policy-missing/);
    expect(told(policies(["1.2.3"]))).toMatch(/^certificate-untrusted: policy-missing/);
    expect(told(policies([]))).toBe("current");
  });

  test("must have an RSA key as long as the domain asks", () => {
    const certificate = issuing.issue({ subject: person, publicKey: spkiOf(rsaKey(2048)) });
    expect(told(domainOf(), { certificate })).toBe("current");
    expect(told(domainOf({ keys: { leastRsaBits: 3072 } }), { certificate })).toMatch(
      /^certificate-untrusted: key-not-allowed/,
    );
  });

  test("counts for what its anchor is good for", () => {
    const anchors = [{ certificate: toBase64(root.certificate), purposes: ["presence" as const] }];
    expect(told(domainOf({ anchors }))).toMatch(/^certificate-untrusted: no-path-to-anchor/);
    expect(told(domainOf(), { key: "presence" })).toMatch(/^certificate-wrong-purpose/);
  });
});
