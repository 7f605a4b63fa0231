import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    reporters: ["default", "json"],
    outputFile: { json: "test/results/vitest.json" },
    projects: [
      { test: { name: "unit", include: ["test/{unit,architecture}/**/*.test.{ts,tsx}"], testTimeout: 20_000 } },
      {
        test: {
          name: "integration",
          include: ["test/{contract,integration,e2e}/**/*.test.{ts,tsx}"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Real browsers on two busy cores.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
