import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { SeatBrowsers } from "../../../broker/oidc/seat-browsers.ts";
import { Administrators } from "../../../broker/services/administrators.ts";
import { seatChange } from "../../../broker/services/seat-change.ts";
import { SessionEvents } from "../../../broker/services/session-events.ts";
import { fitting } from "../../../broker/steps/fitting.ts";
import { fromOwnPage } from "../../../broker/steps/from-own-page.ts";
import { inRole } from "../../../broker/steps/in-role.ts";
import type { Means } from "../../../core/session/means.ts";
import type { Session } from "../../../core/session/session.ts";
import { consoleApplication } from "../../../protocol/broker/console/console-application.ts";

const origin = "https://wardkey.example";
const request = (method: string, headers: Record<string, string>) =>
  ({ method, headers }) as unknown as IncomingMessage;
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return "none";
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
};

describe("from our own page", () => {
  const marked = { "wardkey-console": "1" };
  test.each([
    ["a read by our page", "GET", marked],
    ["a read that names our origin", "GET", { ...marked, origin }],
    ["a change by our page", "POST", { ...marked, origin }],
  ])("%s passes", (_what, method, headers) => {
    expect(codeOf(() => fromOwnPage(request(method, headers), origin))).toBe("none");
  });

  test.each([
    ["a link or a form", "GET", {}],
    ["a form of our origin", "POST", { origin }],
    ["a change without origin", "POST", marked],
    ["a page of another port", "POST", { ...marked, origin: `${origin}:8443` }],
    ["a page without a name", "GET", { ...marked, origin: "null" }],
  ])("%s does not", (_what, method, headers) => {
    expect(codeOf(() => fromOwnPage(request(method, headers), origin))).toBe("request-foreign");
  });
});

test("one of the roles is enough, none is not", () => {
  expect(codeOf(() => inRole(["helpdesk", "trust"], ["trust"]))).toBe("none");
  expect(codeOf(() => inRole(["helpdesk"], ["trust", "auditor"]))).toBe("console-role-missing");
  expect(codeOf(() => inRole([], ["trust"]))).toBe("console-role-missing");
});

test("what fits its schema comes out of it; what does not is refused", () => {
  expect(fitting(z.object({ a: z.coerce.number() }), { a: "1", b: 2 })).toEqual({ a: 1 });
  expect(codeOf(() => fitting(z.object({ a: z.number() }), undefined))).toBe("request-malformed");
});

describe("administrators", () => {
  const session = (id: string, means: Means) => ({ holder: { id }, means }) as unknown as Session;
  const administrators = new Administrators([
    { holder: "a", roles: ["trust"] },
    { holder: "a", roles: ["auditor"] },
  ]);

  test("have their roles, and the console in their portal", () => {
    expect(administrators.rolesOf(session("a", "card-presence"))).toEqual(["trust", "auditor"]);
    expect(administrators.applicationsOf(session("a", "card-pin"))).toEqual([consoleApplication]);
  });

  test("have none of it by less than their card, and others never", () => {
    for (const means of ["card-seen", "temporary-password", "break-glass"] as const)
      expect(administrators.applicationsOf(session("a", means))).toEqual([]);
    expect(administrators.applicationsOf(session("b", "card-pin"))).toEqual([]);
  });
});

describe("the cookie of a seat's browser", () => {
  const bound = (cookie: string) => request("GET", { cookie: `other=1; ${cookie.split(";")[0]}` });

  test("is the host's own behind HTTPS, and knows its seat until it is lost", () => {
    const browsers = new SeatBrowsers({ name: "c", sameSite: "Strict", secure: true });
    const cookie = browsers.bind("seat", "holder");
    expect(cookie).toMatch(/^__Host-c=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect(browsers.boundTo(bound(cookie))).toEqual({ seat: "seat", holder: "holder" });
    browsers.forget("seat");
    expect(browsers.boundTo(bound(cookie))).toBeUndefined();
  });

  test("of another purpose is no good", () => {
    const cookie = new SeatBrowsers({ name: "a", sameSite: "Lax", secure: false }).bind("seat", "holder");
    expect(new SeatBrowsers({ name: "b", sameSite: "Lax", secure: false }).boundTo(bound(cookie))).toBeUndefined();
  });
});

describe("waiting for a seat's change", () => {
  const hour = 3_600_000;
  const covered = (seat: string) => ({ type: "seat-covered", session: "s", seat, workstation: "w" }) as const;

  test("ends with it, and not with another seat's", async () => {
    const events = new SessionEvents();
    let ended = false;
    const waiting = seatChange(events, "mine", hour, new AbortController().signal).then(() => {
      ended = true;
    });
    events.tell(covered("other"));
    await Promise.resolve();
    expect(ended).toBe(false);
    events.tell(covered("mine"));
    await waiting;
    expect(ended).toBe(true);
  });

  test("ends when nobody waits any more, before or after", async () => {
    const gone = new AbortController();
    const waiting = seatChange(new SessionEvents(), "mine", hour, gone.signal);
    gone.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(seatChange(new SessionEvents(), "mine", hour, gone.signal)).resolves.toBeUndefined();
  });
});
