/** How the holder proved himself (docs: design, section 1). */
export const allMeans = [
  "card-pin",
  "card-presence",
  "card-seen",
  // A federation has it confirmed on the holder's own phone (docs/decisions/0024).
  "federated",
  "temporary-password",
  // The one that the hospital's directory knows (docs/decisions/0025).
  "directory-password",
  "break-glass",
] as const;
export type Means = (typeof allMeans)[number];

/** The level that a means gives; part of every entitlement decision and of every trail record. */
export type Assurance = "none" | "low" | "substantial" | "high";

const assuranceOfMeans: Readonly<Record<Means, Assurance>> = {
  "card-pin": "high",
  "card-presence": "substantial",
  "card-seen": "none",
  federated: "substantial",
  "temporary-password": "low",
  "directory-password": "low",
  "break-glass": "low",
};

const assurancesFromLowest: readonly Assurance[] = ["none", "low", "substantial", "high"];

/** True where a level is at least as high as another. */
export function reaches(level: Assurance, minimum: Assurance): boolean {
  return assurancesFromLowest.indexOf(level) >= assurancesFromLowest.indexOf(minimum);
}

export function assuranceOf(means: Means): Assurance {
  return assuranceOfMeans[means];
}
