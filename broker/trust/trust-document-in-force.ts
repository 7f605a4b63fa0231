import { readFileSync } from "node:fs";
import type { TrustDocument } from "../../core/trust-policy/trust-document.ts";
import type { Db } from "../store/store.ts";
import { bundleInForce, versionInForce } from "../store/trust-table.ts";
import { openTrustBundle } from "./trust-bundle.ts";
import { plainDocument, stampOf, type TrustConfiguration } from "./trust-configuration.ts";

/** The document in force, and what changes when another one is. */
export interface DocumentInForce {
  readonly document: TrustDocument;
  readonly stamp: string;
}

/**
 * The newest bundle that was applied, or the plain configuration where none ever was: a bundle that was applied cannot be taken
 * back by leaving it out. Rejects where there is neither, and where the bundle's key is no longer configured.
 */
export async function documentInForce(db: Db, configuration: TrustConfiguration): Promise<DocumentInForce> {
  const stamp = await stampInForce(db, configuration);
  const applied = await bundleInForce(db);
  const document =
    applied === undefined ? plainDocument(configuration) : await openTrustBundle(applied.bundle, keysOf(configuration));
  if (document === undefined)
    throw new Error("the configuration names no anchor, and no trust bundle was applied: `wardkey trust apply`");
  return { document, stamp };
}

export async function stampInForce(db: Db, configuration: TrustConfiguration): Promise<string> {
  const version = await versionInForce(db);
  return version > 0 ? `version ${version}` : `files ${stampOf(configuration)}`;
}

/** The public keys (PEM) whose bundles count. */
export function keysOf({ bundleKeys }: TrustConfiguration): readonly string[] {
  return bundleKeys.map(file => readFileSync(file, "utf8"));
}
