import { afterAll, beforeAll, expect, test } from "vitest";
import { Store } from "../../broker/store/store.ts";
import { searchTrail, type TrailFilter } from "../../broker/store/trail-search.ts";
import { appendTrail } from "../../broker/store/trail-table.ts";

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 0, 1);
/** Of five days, two each; on the first, the third and the last the clock was put back by some hours. */
const times = [1, 0, 10, 11, 20, 19, 30, 31, 41, 40].map(tenths => start + (tenths * day) / 10);
let store: Store;

beforeAll(async () => {
  store = await Store.open(":memory:");
  await store.write(async tx => {
    for (const [index, at] of times.entries())
      await appendTrail(tx, { at, act: "session-opened", holder: `h${index % 2}`, workstation: "w", application: "a" });
  });
});
afterAll(() => store.close());

const found = async (filter: TrailFilter) =>
  (await searchTrail(store, filter, 50)).map(({ record }) => times.indexOf(record.at));

test.each<[string, TrailFilter]>([
  ["from a moment on", { from: start + day }],
  ["up to a moment", { to: start + 2 * day }],
  ["between two, where the clock was put back", { from: start + 1.9 * day, to: start + 2 * day }],
  ["from the start, whose clock was put back", { from: start }],
  ["up to the end, whose clock was put back", { to: start + 4.1 * day }],
  ["after everything", { from: start + 9 * day }],
  ["before everything", { to: start - 9 * day }],
  ["after everything by less than a day", { from: start + 4.2 * day }],
])("%s: exactly those are found, the newest first", async (_what, filter) => {
  const { from = 0, to = Number.POSITIVE_INFINITY } = filter;
  const expected = times.flatMap((at, index) => (at >= from && at <= to ? [index] : [])).toReversed();
  expect(await found(filter)).toEqual(expected);
});

test("times narrow with everything else", async () => {
  expect(await found({ from: start + day, to: start + 3 * day, holder: "h0" })).toEqual([6, 4, 2]);
  expect(await found({ from: start, workstation: "w", application: "a", before: 3 })).toEqual([1, 0]);
  expect(await found({ from: start, application: "another" })).toEqual([]);
});
