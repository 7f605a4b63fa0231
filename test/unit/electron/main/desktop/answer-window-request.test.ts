import { expect, test } from "vitest";
import { portalFunction, windowAddress } from "../../../../../electron/ipc/channels.ts";
import { answerWindowRequest } from "../../../../../electron/main/desktop/answer-window-request.ts";
import { portalBinding } from "../../../../../native-bindings/workstation/back-to-portal-script.ts";

const files = new Map([["/", { body: new TextEncoder().encode("<p>window"), mediaType: "text/html" }]]);

test("the window's files come under a policy that lets it connect to nothing", async () => {
  const response = answerWindowRequest(files, windowAddress);
  expect(await response.text()).toBe("<p>window");
  expect(response.headers.get("content-security-policy")).toContain("connect-src 'none'");
  expect(response.headers.get("content-type")).toBe("text/html");
});

test.each([`${windowAddress}main.js`, `${windowAddress}../main.js`, "wardkey://other/", "file:///"])(
  "%s is not there",
  url => {
    expect(answerWindowRequest(files, url).status).toBe(404);
  },
);

test("the tab's script calls the function that the preload gives", () => {
  expect(portalFunction).toBe(portalBinding);
});
