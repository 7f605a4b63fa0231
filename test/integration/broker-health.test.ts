import { afterEach, beforeEach, expect, test } from "vitest";
import { version } from "../../core/version.ts";
import { askBroker } from "../../electron/main/broker/broker-request.ts";
import { type MutualTls, pinnedAgent } from "../../electron/main/broker/pinned-agent.ts";
import { brokerHealth } from "../../protocol/broker/health.ts";
import { brokerPaths } from "../../protocol/broker/paths.ts";
import { TestBroker } from "./support/test-broker.ts";

let house: TestBroker;

beforeEach(async () => {
  house = await TestBroker.start();
});

afterEach(() => house.close());

async function health(tls: MutualTls) {
  const agent = pinnedAgent(tls);
  const origin = house.configuration.agents.origin;
  return askBroker({ origin, agent, path: brokerPaths.health, answer: brokerHealth }).finally(() => agent.destroy());
}

test("an enrolled workstation hears version, clock and the state of trust", async () => {
  const { tls } = await house.enrol("A");
  house.aheadMs = 3_600_000;
  const told = await health(tls);
  expect(told).toMatchObject({ version, trust: { version: expect.any(Number) } });
  expect(Math.round((told.now - Date.now()) / 600_000)).toBe(6);
  const { good, late, aged, none } = told.trust.sources;
  expect([late, aged, none]).toEqual([0, 0, 0]);
  expect(good).toBeGreaterThanOrEqual(0);
});

test("a stranger hears nothing", async () => {
  const { tls } = await house.enrol("A");
  const stranger = await TestBroker.start();
  try {
    const other = await stranger.enrol("X");
    await expect(health({ ...other.tls, brokerKey: tls.brokerKey })).rejects.toMatchObject({
      code: "workstation-unknown",
    });
  } finally {
    await stranger.close();
  }
});
