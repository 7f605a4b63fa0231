import { beforeEach, describe, expect, test } from "vitest";
import { ModificationTimes } from "../../../../../broker/directory/ldap/modification-times.ts";

const server = "ldaps://one";
const now = 1_000_000;
let elapsed: number;
let times: ModificationTimes;

beforeEach(() => {
  elapsed = 0;
  times = new ModificationTimes({ now: () => now, elapsed: () => elapsed });
});

/** One look that takes so long and shows these times. */
function look(since: number | undefined, seen: readonly number[], took = 0, of = server): number | undefined {
  const looking = times.begin(of, since);
  for (const one of seen) looking.saw(one);
  elapsed += took;
  return looking.reached();
}

describe("where the next look begins", () => {
  test("is the latest time seen, less what the look took: what changed meanwhile is read again", () => {
    expect(look(undefined, [500, 700_000, 600_000], 20_000)).toBe(680_000);
  });

  test("goes on with the time that passes here, so that what rests is not read for ever", () => {
    const first = look(undefined, [700_000]);
    elapsed += 60_000;
    const second = look(first, []);
    expect(second).toBe(760_000);
    elapsed += 60_000;
    expect(look(second, [790_000])).toBe(820_000);
  });

  test("stays where nothing is known of what passed: another server, a restart, a look that counted for nothing", () => {
    const first = look(undefined, [700_000]);
    elapsed += 60_000;
    expect(look(first, [], 0, "ldaps://two")).toBe(700_000);
    times = new ModificationTimes({ now: () => now, elapsed: () => elapsed });
    expect(look(first, [])).toBe(700_000);
    elapsed += 60_000;
    expect(look(650_000, [])).toBe(650_000);
  });

  test("believes no time that is still to come", () => {
    expect(look(undefined, [700_000, 4_000_000_000])).toBe(700_000);
  });

  test("is nowhere where no entry shows its time", () => {
    expect(look(undefined, [])).toBeUndefined();
  });
});
