import { expect, test } from "vitest";
import { coversPlace } from "../../../../core/fallback/fallback-profile.ts";

test("a profile counts at its places and in all that is within them", () => {
  const places = ["cardiology"];
  expect(coversPlace({ places }, ["cardiology", "site-a"])).toBe(true);
  expect(coversPlace({ places }, ["cardiology-3", "cardiology", "site-a"])).toBe(true);
  expect(coversPlace({}, ["anywhere"])).toBe(true);
});

test("and nowhere else", () => {
  expect(coversPlace({ places: ["cardiology"] }, ["surgery", "site-a"])).toBe(false);
  expect(coversPlace({ places: [] }, ["cardiology"])).toBe(false);
});
