import type { DriverServices } from "../../core/card/driver-services.ts";
import { gunzip } from "../../electron/card-host/gunzip.ts";

/** Remembers nothing: every card is read. */
export const noMemory: DriverServices = {
  objects: { recall: () => undefined, keep() {}, forget() {} },
  gunzip,
};
