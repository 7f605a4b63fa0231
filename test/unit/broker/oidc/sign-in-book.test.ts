import { beforeEach, expect, test } from "vitest";
import { type ApplicationSignIn, SignInBook } from "../../../../broker/oidc/sign-in-book.ts";

let book: SignInBook;

beforeEach(() => {
  book = new SignInBook();
  book.enter(signIn({ grant: "removal" }));
  book.enter(signIn({ grant: "end", clientId: "lasting", logoutAt: "end" }));
  book.enter(signIn({ grant: "elsewhere", seat: "other", session: "other", providerSession: "other" }));
});

test("what hangs on a seat's card is taken when it goes, and nothing else", () => {
  expect(grants(book.takeAtRemoval("seat"))).toEqual(["removal"]);
  expect(book.of("removal")).toBeUndefined();
  expect(book.of("end")).toBeDefined();
  expect(book.takeAtRemoval("seat")).toEqual([]);
});

test("what hangs on a session is taken when it ends, in whatever seat", () => {
  expect(grants(book.takeAtEnd("session"))).toEqual(["removal", "end"]);
  expect(book.of("elsewhere")).toBeDefined();
});

test("what the holder leaves is that application's, in that browser", () => {
  expect(grants(book.takeByClient("browser", "record"))).toEqual(["removal"]);
  expect(book.takeByClient("browser", "record")).toEqual([]);
  expect(book.of("elsewhere")).toBeDefined();
});

test("a browser's session is held while any of its sign-ins is", () => {
  expect(book.holds("browser")).toBe(true);
  book.takeAtEnd("session");
  expect(book.holds("browser")).toBe(false);
  expect(book.holds("other")).toBe(true);
});

test("no grant is nobody's", () => {
  expect(book.of(undefined)).toBeUndefined();
  expect(book.of("unknown")).toBeUndefined();
});

function signIn(change: Partial<ApplicationSignIn>): ApplicationSignIn {
  return {
    grant: "grant",
    providerSession: "browser",
    clientId: "record",
    application: "record",
    logoutAt: "removal",
    holder: "holder",
    sid: "sid",
    session: "session",
    seat: "seat",
    ...change,
  };
}

function grants(signIns: readonly ApplicationSignIn[]): string[] {
  return signIns.map(({ grant }) => grant);
}
