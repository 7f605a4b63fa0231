import { expect, test } from "vitest";
import { judgeDisk, programs } from "../../../../command-line/doctor/machine-check.ts";
import { judgePcsc, type PcscService } from "../../../../command-line/doctor/pcsc-check.ts";
import { judgeBroker } from "../../../../command-line/doctor/workstation-check.ts";
import type { FailureCode } from "../../../../core/errors/catalogue.ts";
import { version } from "../../../../core/version.ts";

const trouble = (code: FailureCode, answered = true) => ({ condition: { kind: "trouble", code } as const, answered });
const service = (socket: PcscService["socket"], isInstalled = true): PcscService => ({
  socket,
  isInstalled,
  mode: "600",
});
const stopped = trouble("reader-service-stopped");

test.each([
  ["refuses this user", trouble("reader-access-denied"), service("open"), "pcsc-refused"],
  ["is not there", stopped, service("absent", false), "pcsc-not-installed"],
  ["is there and was never started", stopped, service("absent"), "pcsc-stopped"],
  ["left a socket behind", stopped, service("dead"), "pcsc-stopped"],
  ["keeps its socket to itself", stopped, service("closed-to-us"), "pcsc-socket-closed"],
  ["hangs", trouble("reader-service-stopped", false), service("open"), "pcsc-silent"],
  ["answers nothing good", stopped, service("open"), "pcsc-trouble"],
  ["of another system", stopped, undefined, "pcsc-trouble"],
] as const)("a service that %s", (_, seen, service, code) => {
  const [found, ...more] = judgePcsc(seen, service);
  expect(more).toEqual([]);
  expect([found?.code, found?.level]).toEqual([code, "problem"]);
  expect(found?.remedy).toBeTruthy();
});

test("two sides of one reader are called so; two readers are not", () => {
  const pairs = (...readers: string[]) =>
    judgePcsc({ condition: { kind: "ready", readers }, answered: true }, undefined).flatMap(({ code, facts }) =>
      code === "reader-pair" ? [[facts.reader, facts.other]] : [],
    );
  expect(pairs("HID Omnikey 5422 00 00", "HID Omnikey 5422 CL 01 00")).toEqual([
    ["HID Omnikey 5422", "HID Omnikey 5422 CL"],
  ]);
  expect(pairs("HID Omnikey 5422 00 00", "ACS ACR122 PICC 01 00")).toEqual([]);
  expect(pairs("HID Omnikey 5422 00 00", "HID Omnikey 5422 01 00")).toEqual([]);
});

test.each([
  ["v24.1.0", true, true, ["program", "program", "program"]],
  ["v24.1.0", false, true, ["program", "program"]],
  ["v24.1.0", false, false, ["program", "no-window-program"]],
  ["v22.9.0", true, false, ["node-old", "program"]],
] as const)("Node %s, Electron %s, Chromium %s", (node, electron, chromium, codes) => {
  expect(programs(node, electron, chromium).map(({ code }) => code)).toEqual(codes);
});

test.each([
  [19, "disk-full"],
  [20, "disk-low"],
  [199, "disk-low"],
  [200, "disk-free"],
] as const)("%d MB", (megabytes, code) => {
  expect(judgeDisk(megabytes).code).toBe(code);
});

test.each([
  ["is well", version, 0, { good: 2, late: 0, aged: 0, none: 0 }, ["broker-answers", "clock-agrees", "trust-current"]],
  [
    "is a little late",
    version,
    30_000,
    { good: 1, late: 0, aged: 0, none: 0 },
    ["broker-answers", "clock-agrees", "trust-current"],
  ],
  [
    "is ahead",
    version,
    -31_000,
    { good: 1, late: 0, aged: 0, none: 0 },
    ["broker-answers", "clock-off", "trust-current"],
  ],
  [
    "has old data",
    version,
    0,
    { good: 1, late: 0, aged: 1, none: 1 },
    ["broker-answers", "clock-agrees", "trust-aged"],
  ],
  [
    "is another version",
    "9.9.9",
    0,
    { good: 0, late: 0, aged: 0, none: 0 },
    ["broker-answers", "broker-version-differs", "clock-agrees", "trust-current"],
  ],
])("a broker that %s", (_, version, behindMs, sources, codes) => {
  const at = Date.UTC(2026, 5, 1);
  const found = judgeBroker({ version, now: at - behindMs, trust: { version: 1, sources } }, 5, at);
  expect(found.map(({ code }) => code)).toEqual(codes);
});
