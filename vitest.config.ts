import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { environment } from "./scripts/setup/root.mjs";
import { privateMachinesAllowed } from "./test/machines/private-machine.ts";
import { PrivateMachineWorker } from "./test/machines/private-machine-worker.ts";

// The real parts have fixed ports: side by side they need a machine each.
const sideBySide = privateMachinesAllowed();

export default defineConfig({
  test: {
    reporters: ["default", "json"],
    env: { NODE_COMPILE_CACHE: environment.NODE_COMPILE_CACHE },
    outputFile: { json: "test/results/vitest.json" },
    // One for each core; with more than four, the longest file decides.
    maxWorkers: Math.min(availableParallelism(), 4),
    projects: [
      { test: { name: "unit", include: ["test/{unit,architecture}/**/*.test.{ts,tsx}"], testTimeout: 20_000 } },
      {
        test: {
          name: "integration",
          include: ["test/{contract,integration,e2e}/**/*.test.{ts,tsx}"],
          fileParallelism: sideBySide,
          ...(sideBySide && {
            pool: { name: "private-machine", createPoolWorker: options => new PrivateMachineWorker(options) },
          }),
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Real browsers on two busy cores.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
