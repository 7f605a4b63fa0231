import { describe, expect, test } from "vitest";
import { testVerifier } from "../../../broker/main/self-test.ts";
import { nodeSignatureVerifier } from "../../../broker/trust/node-signature-verifier.ts";

describe("the self-test before the door opens", () => {
  test("passes with the verifier that we use", () => {
    expect(() => testVerifier(nodeSignatureVerifier())).not.toThrow();
  });

  test.each([true, false])("fails with one that always says %s", answer => {
    expect(() => testVerifier({ verify: () => answer })).toThrow(expect.objectContaining({ code: "internal" }));
  });
});
