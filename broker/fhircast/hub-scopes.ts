import { type HubEventName, hubEvents } from "./event.ts";

/** OAuth 2.0 scopes of FHIRcast (STU3, section 2.2) that this hub knows. */
export const hubScopes: readonly string[] = [
  ...hubEvents.map(name => `fhircast/${name}.read`),
  "fhircast/syncerror.write",
];

/** Event names are compared without regard to case, and so are their scopes. */
export function readableBy(scopes: readonly string[]): ReadonlySet<HubEventName> {
  const granted = new Set(scopes.map(scope => scope.toLowerCase()));
  return new Set(hubEvents.filter(name => granted.has(`fhircast/${name}.read`)));
}

export function mayReport(scopes: readonly string[]): boolean {
  return scopes.some(scope => scope.toLowerCase() === "fhircast/syncerror.write");
}
