import { describe, expect, test } from "vitest";
import { activityText, readActivity } from "../../../../core/session/activity-text.ts";

describe("an activity on one line", () => {
  test.each([
    ["a1|Cardiologist", { id: "a1", label: "Cardiologist" }],
    ["a1|Cardiologist||SM04", { id: "a1", label: "Cardiologist", speciality: "SM04" }],
    [
      "a1|C|10|SM04|F1|Heart clinic",
      { id: "a1", label: "C", profession: "10", speciality: "SM04", structure: "F1", structureName: "Heart clinic" },
    ],
  ])("“%s” is read, and written the same", (text, activity) => {
    expect(readActivity(text)).toEqual(activity);
    expect(activityText(activity)).toBe(text);
  });

  test.each(["", "a1", "a1|", "|label", "a|b|c|d|e|f|g"])("“%s” is none", text => {
    expect(readActivity(text)).toBeUndefined();
  });
});
