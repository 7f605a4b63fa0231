import { describe, expect, test } from "vitest";
import { alarmOf } from "../../../../broker/trust/source-alarm.ts";
import { healthOf, type SourceState, sourceState } from "../../../../broker/trust/source-state.ts";

const data = { thisUpdate: 0, nextUpdate: 100, isDelta: false, bytes: 10, entries: 1 };
const unreachable = { code: "revocation-source-unreachable", detail: "", since: 1, failures: 1 } as const;
const unreadable = { ...unreachable, code: "revocation-data-unreadable" } as const;
const state = (change: Partial<SourceState> = {}): SourceState => ({
  address: "http://pki.invalid/a.crl",
  domains: ["house"],
  origin: "configured",
  nextFetchAt: 5,
  ...change,
});

describe("a source's health", () => {
  test.each([
    ["good", { data }, 100],
    ["aged", { data }, 101],
    ["late", { data, trouble: unreachable }, 100],
    ["aged", { data, trouble: unreachable }, 101],
    ["none", { trouble: unreachable }, 0],
    ["none", {}, 0],
  ] as const)("is %s", (expected, change, now) => {
    expect(healthOf(state(change), now)).toBe(expected);
  });

  test("is read back as it was written, and not from another form", () => {
    const written = state({ data, trouble: unreachable, answeredAt: 3 });
    expect(sourceState.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    expect(sourceState.safeParse({ ...written, origin: "guessed" }).success).toBe(false);
  });
});

describe("an alarm", () => {
  const failing = (failures: number, of: typeof unreachable | typeof unreadable = unreachable) =>
    state({ data, trouble: { ...of, failures } });

  test.each([
    ["begins with what cannot be read", state(), failing(1, unreadable), "revocation-source-failed"],
    ["does not begin with the second silence", failing(1), failing(2), undefined],
    ["begins with the third", failing(2), failing(3), "revocation-source-failed"],
    ["is not told again", failing(3), failing(4), undefined],
    ["is told again where the trouble is another", failing(3), failing(4, unreadable), "revocation-source-failed"],
    ["ends with an answer", failing(3), state({ data }), "revocation-source-recovered"],
    ["that never began does not end", failing(2), state({ data }), undefined],
  ] as const)("%s", (_, before, after, expected) => {
    expect(alarmOf(before, after)).toBe(expected);
  });
});
