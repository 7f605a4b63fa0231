import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { test: { name: "unit", include: ["test/{unit,architecture}/**/*.test.{ts,tsx}"] } },
      {
        test: {
          name: "integration",
          include: ["test/{contract,integration,e2e}/**/*.test.{ts,tsx}"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
