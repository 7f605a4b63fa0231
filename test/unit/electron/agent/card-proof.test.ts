import { describe, expect, test } from "vitest";
import { Failure } from "../../../../core/errors/failure.ts";
import type { OfferedChallenge } from "../../../../core/ports/broker-connection.ts";
import type { CardReaders, IdentifiedCard } from "../../../../core/ports/card-readers.ts";
import { pinProof, presenceProof } from "../../../../electron/agent/card-proof.ts";

const card: IdentifiedCard = { cardId: "c", family: "piv", certificate: Uint8Array.of(1, 2), algorithm: "ES256" };
const offered: OfferedChallenge = {
  challenge: {
    nonce: "bm9uY2U",
    origin: "https://broker",
    brokerKey: "key",
    workstation: "w",
    purpose: "sign-in",
    key: "authentication",
  },
  holder: { displayName: "H", profession: "P" },
};
const pin = () => Uint8Array.from([..."314159"].map(digit => digit.charCodeAt(0)));
const zeros = new Array(6).fill(0);

/** Readers that keep none of their promises about the PIN. */
function readers(part: Partial<CardReaders>): CardReaders {
  return part as CardReaders;
}

describe("by PIN", () => {
  test("signs what the challenge says, and the PIN is gone", async () => {
    const typed = pin();
    let seen: number[] = [];
    let signed = "";
    const proof = await pinProof(
      readers({
        signWithPin: async (_insertion, given, input) => {
          seen = given === "on-reader" ? [] : [...given];
          signed = new TextDecoder().decode(input);
          return Uint8Array.of(9);
        },
      }),
      "i1",
      card,
      offered,
      typed,
    );
    expect(seen).toEqual([...pin()]);
    expect(proof).toBe(`${signed}.CQ`);
    expect([...typed]).toEqual(zeros);
  });

  test("the PIN is gone too when the card refuses, whoever forgot to wipe it", async () => {
    const typed = pin();
    const refusing = readers({ signWithPin: async () => Promise.reject(new Failure("card-mute")) });
    await expect(pinProof(refusing, "i1", card, offered, typed)).rejects.toMatchObject({ code: "card-mute" });
    expect([...typed]).toEqual(zeros);
  });

  test("and when it never came to the card", async () => {
    const typed = pin();
    const broken = { ...offered, challenge: undefined } as unknown as OfferedChallenge;
    await expect(pinProof(readers({}), "i1", card, broken, typed)).rejects.toThrow();
    expect([...typed]).toEqual(zeros);
  });
});

describe("by presence", () => {
  test("signs with the presence key and its certificate", async () => {
    const key = { certificate: Uint8Array.of(7), algorithm: "ES256" } as const;
    const proof = await presenceProof(
      readers({ presence: async () => key, signPresence: async () => Uint8Array.of(9) }),
      "i1",
      offered,
    );
    const header = JSON.parse(Buffer.from(proof?.split(".")[0] ?? "", "base64url").toString());
    expect(header).toMatchObject({ alg: "ES256", x5c: ["Bw=="] });
  });

  test("is impossible without such a key", async () => {
    expect(await presenceProof(readers({ presence: async () => undefined }), "i1", offered)).toBeUndefined();
  });
});
