import type { Certificate } from "../certificate.ts";

/** Where paths end. `nameAndKeyOnly`: nothing else of its certificate counts, neither dates nor constraints. */
export interface Anchor {
  readonly certificate: Certificate;
  readonly nameAndKeyOnly: boolean;
}
