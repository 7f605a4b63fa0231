import type { Clock } from "../../core/ports/clock.ts";
import type { Admission } from "../directory/admission.ts";
import type { Seating } from "../services/seating.ts";
import type { SignInDenials } from "../services/sign-in-denials.ts";
import type { Store } from "../store/store.ts";
import { CibaClient } from "./ciba-client.ts";
import { FederatedSignIns } from "./federated-sign-ins.ts";
import type { FederationConfiguration } from "./federation-configuration.ts";

interface FederationParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly seating: Seating;
  readonly denials: SignInDenials;
  readonly admission: Admission;
}

/** The federation at work, where one is configured. Throws where a file that it names cannot be read. */
export function openFederation(
  configuration: FederationConfiguration | undefined,
  { store, clock, seating, denials, admission }: FederationParts,
): FederatedSignIns | undefined {
  if (configuration === undefined) return undefined;
  return new FederatedSignIns({
    configuration,
    client: new CibaClient(configuration),
    store,
    clock,
    admission,
    seat: (workstation, holder, lifetimeMs) =>
      seating.seatWithoutCard(workstation, holder, "federated", { lifetimeMs }),
    deny: (workstation, code, detail, holder) => denials.deny(workstation, code, detail, holder),
  });
}
