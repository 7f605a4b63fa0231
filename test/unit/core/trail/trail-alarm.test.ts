import { expect, test } from "vitest";
import { alarmDetail, alarmIn, type TrailAlarm } from "../../../../core/trail/trail-alarm.ts";

test.each<TrailAlarm>([
  { alarm: "sprayed", names: 6, minutes: 10 },
  { alarm: "again", times: 2, hours: 24 },
  { alarm: "place", times: 3, hours: 24 },
  { alarm: "not-reviewed", days: 3 },
])("an alarm comes out of its record as it went in: $alarm", alarm => {
  expect(alarmIn(alarmDetail(alarm))).toEqual(alarm);
});

test.each([
  ["words of an earlier broker", "6 names refused within ten minutes"],
  ["what another act has counted", JSON.stringify({ who: "x", why: "wrong code" })],
  ["an alarm that is not known here", JSON.stringify({ alarm: "flood", names: 6 })],
  ["an alarm without its numbers", JSON.stringify({ alarm: "sprayed" })],
  ["no object", "null"],
  ["nothing", ""],
])("%s is none", (_, detail) => {
  expect(alarmIn(detail)).toBeUndefined();
});
