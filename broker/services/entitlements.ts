import type { Means } from "../../core/session/means.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { ApplicationConfiguration } from "../main/configuration.ts";

/** Which applications a holder may open by which means; default deny. Read from the configuration. */
export class Entitlements {
  readonly #applications: readonly ApplicationConfiguration[];

  constructor(applications: readonly ApplicationConfiguration[]) {
    this.#applications = applications;
  }

  of(holder: SessionHolder, means: Means): readonly ApplicationConfiguration[] {
    return this.#applications.filter(
      ({ professions, means: allowed }) =>
        allowed.includes(means) &&
        (professions === undefined ||
          (holder.professionCode !== undefined && professions.includes(holder.professionCode))),
    );
  }
}
