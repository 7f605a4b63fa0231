import { readFileSync } from "node:fs";

export * from "@cedar-policy/cedar-wasm/nodejs";

/** What policies can speak of: `wardkey.cedarschema`, beside this file, where editors and Cedar's own tools find it too. */
export const policySchema = readFileSync(new URL("wardkey.cedarschema", import.meta.url), "utf8");
