import { expect, test } from "vitest";
import { namesOfHolder, spokenName } from "../../../../broker/fallback/names-of-holder.ts";
import { placesAbove } from "../../../../broker/fallback/places-above.ts";

const person = {
  kind: "person",
  key: "1",
  reference: "1",
  displayName: "Élise LE GOFF",
  account: "elegoff",
  mail: "e.le-goff@hospital.example",
  active: true,
} as const;
const names = namesOfHolder({ id: "899700218896", displayName: "Elise LE GOFF" }, [person]);

test("a holder may call himself by name in any order, RPPS number, account or mail address", () => {
  for (const said of ["Le Goff Élise", "elise le-goff", "899700218896", "99700218896", "ELEGOFF", person.mail])
    expect(names).toContain(spokenName(said));
});

test("and by nothing that is only near it", () => {
  for (const said of ["Le Goff", "Elise", "997002188", "", "Élise Le Goffic"])
    expect(names).not.toContain(spokenName(said));
});

test("a place lies within those above it, and a circle ends", () => {
  const place = (id: string, within?: string) => ({
    id,
    name: id,
    helpdeskPhone: "",
    graceSeconds: 0,
    idleSeconds: 0,
    ...(within === undefined ? {} : { within }),
  });
  const places = [place("ward", "site"), place("site"), place("a", "b"), place("b", "a")];
  expect(placesAbove({ places }, "ward")).toEqual(["ward", "site"]);
  expect(placesAbove({ places }, "a")).toEqual(["a", "b"]);
  expect(placesAbove({ places }, "unknown")).toEqual(["unknown"]);
});
