import { describe, expect, test } from "vitest";
import { validatorPorts } from "../../../../broker/trust/validator-ports.ts";
import { answerQuestion } from "../../../../command-line/cert-verify/answer-question.ts";
import { type SuiteCase, suiteCases, suitesAreHere } from "../../../fixtures/public-suites.ts";

const ports = validatorPorts();
const answer = ({ input }: SuiteCase) => answerQuestion(input, ports, 0);

/** What we refuse though the suite would accept it; docs/trust.md says why of each. */
const refusedOnPurpose: Readonly<Record<string, readonly string[]>> = {
  pkits: ["pkits::4.1.4", "pkits::4.1.5", "pkits::4.14.30"],
  "bssl-crl": ["bssl-crl::good_key_rollover"],
  "bssl-ocsp": ["bssl-ocsp::good_response_invalid_serial", "bssl-ocsp::has_critical_ct_extension"],
  "openssl-ocsp": ["openssl-ocsp::valid-D3", "openssl-ocsp::ISIC-D3"],
};
/** What a suite would refuse though the standard lets it through. */
const acceptedOnPurpose = ["bssl-crl::bad_idp_indirectcrl"];

describe.skipIf(!suitesAreHere)("public suites (in ../shared/pki, where that folder is)", () => {
  test.each(Object.entries(refusedOnPurpose))(
    "%s: nothing is wrongly accepted, nothing else wrongly refused",
    (suite, known) => {
      const answers = suiteCases(suite).map(one => ({ ...one, answer: answer(one) }));
      const accepted = answers.filter(one => one.answer.valid && !one.expected.valid).map(({ id }) => id);
      const refused = answers.filter(one => !one.answer.valid && one.expected.valid).map(({ id }) => id);
      expect(accepted.filter(id => !acceptedOnPurpose.includes(id))).toEqual([]);
      expect(refused.toSorted()).toEqual(known.toSorted());
      const isObliged = (id: string) => answers.some(one => one.id === id && one.tier === "S");
      expect([...accepted, ...refused].filter(isObliged).filter(id => id !== "pkits::4.14.30")).toEqual([]);
    },
  );

  test("pkits: the policies are those expected", () => {
    const told = suiteCases("pkits").flatMap(one => {
      const { valid, policySet } = answer(one);
      const { policySet: expected } = one.expected;
      return valid && expected !== undefined
        ? [{ id: one.id, policySet: policySet.toSorted(), expected: expected.toSorted() }]
        : [];
    });
    expect(told.length).toBeGreaterThan(100);
    expect(told.map(({ id, policySet }) => ({ id, policySet }))).toEqual(
      told.map(({ id, expected }) => ({ id, policySet: expected })),
    );
  });

  test("a bit flipped anywhere in a valid leaf is never accepted", { timeout: 120_000 }, () => {
    const accepted = ["pkits", "bssl-crl", "bssl-ocsp", "openssl-ocsp"].flatMap(suite =>
      suiteCases(suite)
        .filter(({ expected }) => expected.valid)
        .flatMap((one, index) => flippedAndAccepted(one, index)),
    );
    expect(accepted).toEqual([]);
  });
});

/** A sample of bits, another one in each case. */
function flippedAndAccepted(one: SuiteCase, index: number): string[] {
  const leaf = Buffer.from(String(one.input["leaf"]), "base64");
  const accepted: string[] = [];
  for (let bit = index % 251; bit < leaf.length * 8; bit += 251) {
    const changed = Buffer.from(leaf);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const input = { ...one.input, leaf: changed.toString("base64") };
    if (answerQuestion(input, ports, 0).valid) accepted.push(`${one.id} bit ${bit}`);
  }
  return accepted;
}
