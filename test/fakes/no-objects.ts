import type { PublicObjects } from "../../core/card/public-objects.ts";

/** Remembers nothing: every card is read. */
export const noObjects: PublicObjects = { recall: () => undefined, keep() {}, forget() {} };
