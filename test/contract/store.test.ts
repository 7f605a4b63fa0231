import { afterAll, beforeAll, describe } from "vitest";
import { PostgresqlServer } from "../fixtures/postgresql-server.ts";
import { keepStoresInFiles, keepStoresOn } from "../fixtures/test-stores.ts";

// What is tested on SQLite files as units holds on PostgreSQL as well: the same suites, word for word.

describe("on PostgreSQL", () => {
  let server: PostgresqlServer;

  beforeAll(async () => {
    server = await PostgresqlServer.start();
    await keepStoresOn(server);
  });

  afterAll(async () => {
    keepStoresInFiles();
    await server.remove();
  });

  // Each in a group of its own, so that its hooks are for its own tests.
  describe.each([
    () => import("../unit/broker/store.test.ts"),
    () => import("../unit/broker/store/sign-in-table.test.ts"),
    () => import("../unit/broker/store/trust-tables.test.ts"),
    () => import("../unit/broker/directory/brought-entries.test.ts"),
    () => import("../unit/broker/directory/embedded-directory.test.ts"),
    () => import("../unit/broker/directory/find-persons.test.ts"),
    () => import("../unit/broker/directory/take-in.test.ts"),
    () => import("../unit/broker/house/house-changes.test.ts"),
    () => import("../unit/broker/oidc/provider-keys.test.ts"),
    () => import("../unit/broker/policy/policies-in-force.test.ts"),
    () => import("../unit/broker/session-endings.test.ts"),
    () => import("../unit/broker/step-ups.test.ts"),
  ])("%#", async suite => {
    await suite();
  });
});
