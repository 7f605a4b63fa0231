import { describe, expect, test } from "vitest";
import { validatorPorts } from "../../../../broker/trust/validator-ports.ts";
import { answerText } from "../../../../command-line/cert-verify/answer-question.ts";
import { type InputLine, linesOf } from "../../../../command-line/cert-verify/lines-of.ts";
import { isSelfIssued, readCertificate } from "../../../../core/certificate/certificate.ts";
import { day, factoryNow, goodHouse } from "../../../fixtures/certificate-factory.ts";
import { igcSanteIsHere, igcSantePem } from "../../../fixtures/igc-sante-test.ts";
import { ocspAnswer } from "../../../fixtures/ocsp-answer.ts";

const ports = validatorPorts();
const base64 = (der: Uint8Array) => Buffer.from(der).toString("base64");
const { root, issuing, material } = goodHouse();
const leaf = issuing.issue();
const question = {
  id: "case 1",
  trustAnchors: material.anchors.map(base64),
  intermediates: material.intermediates.map(base64),
  leaf: base64(leaf),
  crls: material.crls.map(base64),
  ocspResponses: [],
  validationTime: new Date(factoryNow).toISOString(),
  revocation: "crl",
};
const ask = (change: object = {}) => answerText(JSON.stringify({ ...question, ...change }), ports, factoryNow);

describe("a question", () => {
  test("is answered with path and identifier, defaults where nothing is said", () => {
    expect(ask()).toEqual({
      id: "case 1",
      valid: true,
      reason: "ok",
      detail: "",
      path: ["C=FR, CN=899700218896", "C=FR, CN=ISSUING", "C=FR, CN=ROOT"],
      policySet: [],
    });
    expect(ask({ validationTime: null, maxRevocationAgeSeconds: null, policies: null, somethingElse: 1 }).valid).toBe(
      true,
    );
    expect(answerText(JSON.stringify({ ...question, id: undefined }), ports, factoryNow).id).toBeNull();
  });

  test.each<[string, object, string]>([
    ["at another time", { validationTime: "2036-01-01T00:00:00Z" }, "expired"],
    ["without lists", { crls: [] }, "revocation-unknown"],
    ["with lists that are too old", { maxRevocationAgeSeconds: 3_600 }, "revocation-unknown"],
    ["by OCSP with none", { revocation: "ocsp" }, "revocation-unknown"],
    ["without revocation", { crls: [], revocation: "off" }, "ok"],
    ["for a purpose that it does not name", { requiredEku: ["1.3.6.1.5.5.7.3.4"] }, "purpose-missing"],
    ["for a purpose that it names", { requiredEku: ["1.3.6.1.5.5.7.3.2"] }, "ok"],
    ["for a usage that it lacks", { requiredKeyUsage: ["contentCommitment"] }, "key-usage-missing"],
    ["for a usage that it has", { requiredKeyUsage: ["digitalSignature"] }, "ok"],
    ["with fewer authorities than there are", { maxIntermediates: 0 }, "path-too-long"],
    ["with a policy demanded", { policies: { requireExplicitPolicy: true } }, "policy-missing"],
    ["with junk in the bag", { intermediates: [base64(leaf), "AAAA", ...question.intermediates] }, "ok"],
    ["with a leaf that is none", { leaf: "AAAA" }, "certificate-malformed"],
    ["with an anchor that is none", { trustAnchors: ["AAAA"] }, "no-path-to-anchor"],
    ["with base64 that is none", { leaf: "%%%" }, "input-malformed"],
    ["with more than base64", { leaf: `${base64(leaf)}-` }, "input-malformed"],
    ["without a leaf", { leaf: undefined }, "input-malformed"],
    ["with a leaf of another type", { leaf: 7 }, "input-malformed"],
    ["with a time that is none", { validationTime: "yesterday" }, "input-malformed"],
    ["with a revocation that is none", { revocation: "perhaps" }, "input-malformed"],
  ])("%s", (_, change, reason) => {
    const answer = ask(change);
    expect([answer.id, answer.reason, answer.valid]).toEqual(["case 1", reason, reason === "ok"]);
  });

  test("by OCSP, each certificate below the anchor by a response of its own", () => {
    const ofLeaf = ocspAnswer({ about: leaf, issuer: issuing });
    const ofIssuing = ocspAnswer({ about: issuing.certificate, issuer: root });
    const by = (...responses: Uint8Array[]) =>
      ask({ revocation: "ocsp", crls: [], ocspResponses: responses.map(base64) }).reason;
    expect([by(ofLeaf, ofIssuing), by(ofLeaf), by(ofIssuing)]).toEqual([
      "ok",
      "revocation-unknown",
      "revocation-unknown",
    ]);
  });

  test.each(["", "{", "null", "[]", "7", '"text"', "[".repeat(100_000)])(
    "that is no question is answered, too: %.20s",
    text => {
      expect(answerText(text, ports, factoryNow)).toMatchObject({ id: null, valid: false, reason: "input-malformed" });
    },
  );

  test("what is refused names the certificate and the source", () => {
    const old = issuing.crl({ nextUpdate: factoryNow - day / 2 });
    const { detail } = ask({ crls: [base64(root.crl()), base64(old)] });
    expect(detail).toContain(
      "of C=FR, CN=ISSUING: list of C=FR, CN=ISSUING: past its nextUpdate 2026-06-15T00:00:00.000Z",
    );
  });
});

describe("lines", () => {
  async function* chunks(...parts: string[]) {
    yield* parts;
  }
  async function lines(longest: number, ...parts: string[]) {
    const found: InputLine[] = [];
    for await (const line of linesOf(chunks(...parts), longest)) found.push(line);
    return found;
  }

  test("are whole however they arrive, and the last one needs no end", async () => {
    expect(await lines(9, "one\ntw", "o\n\nth", "ree")).toEqual(["one", "two", "", "three"].map(text => ({ text })));
  });

  test("that are too long are not kept, and do not spoil the next", async () => {
    expect(await lines(3, "on", "e two", "\nsix")).toEqual([{ tooLong: true }, { text: "six" }]);
  });
});

describe.skipIf(!igcSanteIsHere)(
  "the French health PKI's test card (in ../shared/igc-sante-test, where that folder is)",
  () => {
    const isRoot = (der: Uint8Array) => isSelfIssued(readCertificate(der));
    const card = () => ({
      trustAnchors: igcSantePem("test-ca-bundle.pem").filter(isRoot).map(base64),
      intermediates: igcSantePem("test-ca-bundle.pem").map(base64),
      leaf: base64(igcSantePem("cpe-authentication.pem")[0] ?? new Uint8Array()),
      crls: igcSantePem("test-crls-2019.pem").map(base64),
      validationTime: "2019-06-28T12:00:00Z",
    });

    test("has a valid path, and names its holder", () => {
      const answer = ask({ ...card(), revocation: "off" });
      expect(answer).toMatchObject({ valid: true, identity: { cardFamily: "CDE/CPE", isTest: true } });
      expect(answer.path.map(name => /CN=.*/.exec(name)?.[0].split("+")[0])).toEqual([
        "CN=30B0057881/CPET0002",
        "CN=TEST AC IGC-SANTE STANDARD PERSONNES",
        "CN=TEST AC RACINE IGC-SANTE STANDARD",
      ]);
      expect(ask({ ...card(), revocation: "off", validationTime: "2021-06-28T12:00:00Z" }).reason).toBe("expired");
    });

    test("is refused where its revocation has to be shown: no list of its branch is there", () => {
      expect(ask({ ...card(), revocation: "crl" })).toMatchObject({ valid: false, reason: "revocation-unknown" });
    });
  },
);
