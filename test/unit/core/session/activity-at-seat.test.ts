import { describe, expect, test } from "vitest";
import { activityAtSeat } from "../../../../core/session/activity-at-seat.ts";

const hospital = { id: "hospital", label: "Hospital" };
const surgery = { id: "surgery", label: "Surgery" };
const both = [hospital, surgery];

describe("the activity under which a seat is taken", () => {
  test.each([
    ["none is registered: none", [], undefined, "hospital", undefined],
    ["the only one is taken unasked", [surgery], undefined, undefined, surgery],
    ["the only one counts, whatever was chosen before", [surgery], hospital, "hospital", surgery],
    ["of several, none is taken by itself", both, undefined, undefined, undefined],
    ["of several, the one that this place remembers", both, undefined, "surgery", surgery],
    ["what this place remembers goes before what the session brings", both, hospital, "surgery", surgery],
    ["where the place remembers none, the session keeps its own", both, hospital, undefined, hospital],
    ["what is remembered and has gone does not count", both, hospital, "gone", hospital],
    ["what the session brings and has gone does not count", both, { id: "gone", label: "" }, undefined, undefined],
  ] as const)("%s", (_what, registered, present, remembered, expected) => {
    expect(activityAtSeat({ registered, present, remembered })).toBe(expected);
  });

  test("what is registered now counts, not what the session remembers of it", () => {
    const before = { ...hospital, profession: "10" };
    expect(activityAtSeat({ registered: both, present: before, remembered: undefined })).toBe(hospital);
  });
});
