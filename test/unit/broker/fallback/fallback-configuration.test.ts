import { expect, test } from "vitest";
import { fallbackConfiguration } from "../../../../broker/fallback/fallback-configuration.ts";

const profile = { id: "shift", name: "One shift", minutes: 600, signIns: 20, secondPerson: false };
const problem = (configuration: unknown) => fallbackConfiguration.safeParse(configuration).error?.issues[0]?.path;

test("profiles are enough; the rest has defaults", () => {
  expect(fallbackConfiguration.parse({ profiles: [profile] })).toMatchObject({
    checklist: [],
    throttling: { freeTries: 5, firstPauseSeconds: 15, longestPauseSeconds: 300 },
  });
});

test("a password of the directory is enough too, with an end and a source", () => {
  const ofDirectory = { source: "ad", minutes: 60 };
  expect(fallbackConfiguration.parse({ directoryPasswords: [ofDirectory] })).toMatchObject({ profiles: [] });
  expect(problem({ directoryPasswords: [{ source: "ad" }] })).toEqual(["directoryPasswords", 0, "minutes"]);
  expect(problem({ directoryPasswords: [{ ...ofDirectory, minutes: 721 }] })).toEqual([
    "directoryPasswords",
    0,
    "minutes",
  ]);
  expect(problem({ directoryPasswords: [{ ...ofDirectory, places: [] }] })).toEqual([
    "directoryPasswords",
    0,
    "places",
  ]);
});

test("what would be no limit is refused, and its place named", () => {
  expect(problem({ profiles: [] })).toEqual(["profiles"]);
  expect(problem({ profiles: [{ ...profile, minutes: 24 * 60 + 1 }] })).toEqual(["profiles", 0, "minutes"]);
  expect(problem({ profiles: [{ ...profile, signIns: 0 }] })).toEqual(["profiles", 0, "signIns"]);
  expect(problem({ profiles: [{ ...profile, secondPerson: undefined }] })).toEqual(["profiles", 0, "secondPerson"]);
  expect(problem({ profiles: [profile, profile] })).toEqual(["profiles", 1, "id"]);
  expect(problem({ profiles: [profile], checklist: [{ id: "call-back", text: {} }] })).toEqual([
    "checklist",
    0,
    "text",
  ]);
});
