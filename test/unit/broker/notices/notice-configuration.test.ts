import { expect, test } from "vitest";
import { noticeConfiguration, noticesFrom } from "../../../../broker/notices/notice-configuration.ts";
import { languageCodes } from "../../../../core/language.ts";

const notices = { server: { host: "smtp.hopital.test" }, from: "wardkey@hopital.test" };
const problem = (change: object) => noticeConfiguration.safeParse({ ...notices, ...change }).error?.issues[0]?.path;

test("server and sender are enough: encrypted, to the holder alone", () => {
  expect(noticeConfiguration.parse(notices)).toMatchObject({
    server: { port: 587, security: "starttls" },
    giveUpHours: 24,
    rules: {
      "fallback-issued": { holder: true, manager: false, addresses: [] },
      "fallback-alarm": { addresses: [] },
    },
  });
});

test("the language of who reads is one that is spoken", () => {
  expect(noticeConfiguration.parse(notices).language).toBe("fr");
  for (const language of languageCodes) expect(problem({ language })).toBeUndefined();
  expect(problem({ language: "de" })).toEqual(["language"]);
});

test.for(["localhost", "127.0.0.1", "::1"])("clear text is for this machine: %s", host => {
  expect(problem({ server: { host, security: "clear" } })).toBeUndefined();
});

test.for(["smtp.hopital.test", "10.0.0.1", "localhost.hopital.test", "127.0.0.1.hopital.test"])(
  "clear text crosses no network: %s is refused",
  host => {
    expect(problem({ server: { host, security: "clear" } })).toEqual(["server", "security"]);
  },
);

test("what is no address, and a rule for what nobody tells of, are refused", () => {
  expect(problem({ from: "Wardkey" })).toEqual(["from"]);
  expect(problem({ rules: { "fallback-alarm": { addresses: ["a@hopital.test, b@hopital.test"] } } })).toEqual([
    ...["rules", "fallback-alarm", "addresses"],
    0,
  ]);
  expect(problem({ rules: { "fallback-alarm": { holder: true } } })).toEqual(["rules", "fallback-alarm"]);
});

test("files stand beside the configuration", () => {
  const server = { ...notices.server, authorities: "ca.pem", account: { user: "u", passwordFile: "password" } };
  const parsed = noticeConfiguration.parse({ ...notices, server });
  expect(noticesFrom(parsed, path => `/etc/wardkey/${path}`).server).toMatchObject({
    authorities: "/etc/wardkey/ca.pem",
    account: { passwordFile: "/etc/wardkey/password" },
  });
});
