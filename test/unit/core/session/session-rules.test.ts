import { describe, expect, test } from "vitest";
import type { Session } from "../../../../core/session/session.ts";
import { coverSeat, decideChallenge, stepUp, takeSeat } from "../../../../core/session/session-rules.ts";

const physician = { id: "physician", displayName: "P", profession: "", professionCode: 10 };
const nurse = { id: "nurse", displayName: "N", profession: "", professionCode: 60 };
const session = (change: Partial<Session> = {}): Session => ({
  id: "s",
  holder: physician,
  means: "card-pin",
  openedAt: 0,
  provenAt: 0,
  expiresAt: 100_000,
  seat: { id: "seat", workstation: "A", state: "covered" },
  absentSince: 1_000,
  ...change,
});
const at = (workstation: string, now: number, presenceAllowed = true) => ({ workstation, now, presenceAllowed });
const grace = { graceMs: 300 };
const taking = (workstation: string) =>
  ({ workstation, now: 2_000, means: "card-pin", newSession: "new", newSeat: "new-seat", lifetimeMs: 5_000 }) as const;

describe("what a card has to prove", () => {
  test.each([
    ["nobody's session", undefined, at("A", 1_100), { purpose: "sign-in", key: "authentication" }],
    ["back in time, here", session(), at("A", 1_300), { purpose: "unlock", key: "presence" }],
    ["back in time, elsewhere", session(), at("B", 1_300), { purpose: "resume", key: "presence" }],
    ["a moment too late", session(), at("A", 1_301), { purpose: "unlock", key: "authentication" }],
    [
      "in time, but the presence key does not work",
      session(),
      at("A", 1_100, false),
      { purpose: "unlock", key: "authentication" },
    ],
    [
      "shown elsewhere before the removal was told",
      session({ absentSince: undefined }),
      at("B", 9_000),
      { purpose: "resume", key: "presence" },
    ],
    ["without a seat", session({ seat: undefined }), at("A", 1_100), { purpose: "resume", key: "presence" }],
    ["after its end", session(), at("A", 100_000), { purpose: "sign-in", key: "authentication" }],
  ] as const)("%s", (_what, own, situation, decision) => {
    expect(decideChallenge(own, situation, grace)).toEqual(decision);
  });

  test("where a place gives no grace, the PIN is always asked for", () => {
    expect(decideChallenge(session(), at("A", 1_001), { graceMs: 0 }).key).toBe("authentication");
  });
});

describe("taking a seat", () => {
  test("anew: a session with one open seat", () => {
    const taken = takeSeat(physician, undefined, undefined, taking("A"));
    expect(taken).toMatchObject({
      resumed: false,
      movedFrom: undefined,
      lost: [],
      session: { id: "new", expiresAt: 7_000, seat: { id: "new-seat", state: "open" }, absentSince: undefined },
    });
  });

  test("here again: the same seat, open", () => {
    const taken = takeSeat(physician, session(), session(), taking("A"));
    expect(taken).toMatchObject({
      resumed: true,
      movedFrom: undefined,
      lost: [],
      displaced: undefined,
      // A new proof: whoever asks how old the sign-in is counts from it.
      session: { id: "s", openedAt: 0, provenAt: 2_000, seat: { id: "seat", state: "open" } },
    });
  });

  test("elsewhere: the first workstation loses it", () => {
    const taken = takeSeat(physician, session(), undefined, taking("B"));
    expect(taken).toMatchObject({
      resumed: true,
      movedFrom: "A",
      lost: [{ seat: "seat", workstation: "A", reason: "moved" }],
      session: { seat: { id: "new-seat", workstation: "B" } },
    });
  });

  test("of another person: her session stays alive without it", () => {
    const taken = takeSeat(nurse, undefined, session(), taking("A"));
    expect(taken.lost).toEqual([{ seat: "seat", workstation: "A", reason: "other-holder" }]);
    expect(taken.displaced).toMatchObject({ id: "s", seat: undefined, absentSince: 1_000 });
  });

  test("of another person while one's own is elsewhere: both workstations are told", () => {
    const own = session({ id: "n", holder: nurse, seat: { id: "nurse-seat", workstation: "B", state: "open" } });
    expect(takeSeat(nurse, own, session(), taking("A")).lost.map(lost => lost.reason)).toEqual([
      "other-holder",
      "moved",
    ]);
  });
});

describe("covering", () => {
  test("notes since when, once", () => {
    const open = session({ seat: { id: "seat", workstation: "A", state: "open" }, absentSince: undefined });
    const covered = coverSeat(open, 50);
    expect(covered).toMatchObject({ seat: { state: "covered" }, absentSince: 50 });
    expect(coverSeat(covered, 90)).toBe(covered);
  });

  test("nothing where there is no seat", () => {
    const away = session({ seat: undefined });
    expect(coverSeat(away, 50)).toBe(away);
  });
});

test("a step-up raises the means and the time of proof, and nothing else", () => {
  const open = session({ means: "card-presence", seat: { id: "seat", workstation: "A", state: "open" } });
  expect(stepUp(open, 70)).toEqual({ ...open, means: "card-pin", provenAt: 70 });
});

test("every proof that takes a seat says when it was made", () => {
  expect(takeSeat(physician, undefined, undefined, taking("A")).session.provenAt).toBe(2_000);
  expect(takeSeat(physician, session(), session(), taking("A")).session.provenAt).toBe(2_000);
});
