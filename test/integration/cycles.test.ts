import { expect, test } from "vitest";
import { runCycles } from "../bench/cycles/cycles.ts";

// The short form of `npm run bench -- cycles`.

test("twenty returns with two restarts of pcscd: no removal is missed, each restart has a card host of its own, nothing stays open", {
  timeout: 120_000,
}, async () => {
  const { missed, restarts, hosts, early, late } = await runCycles(20, 8);
  expect({ missed, restarts, hosts }).toEqual({ missed: 0, restarts: 2, hosts: 3 });
  expect(late.files).toBe(early.files);
});
