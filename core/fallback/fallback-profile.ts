/** What a temporary access is worth: configuration, copied into each access when it is asked for. */
export interface FallbackProfile {
  readonly id: string;
  /** As the console and the trail call it. */
  readonly name: string;
  /** From the issue on, minutes: 24 hours at most. */
  readonly minutes: number;
  /** How often the password signs in; coming back to a locked screen is one. */
  readonly signIns: number;
  /** Places, with all that is within them; absent: everywhere. */
  readonly places?: readonly string[] | undefined;
  /** Its password alone opens nothing: a second factor that the holder has registered is wanted everywhere. */
  readonly secondFactor?: boolean | undefined;
  /** Somebody else of the helpdesk has to approve it. */
  readonly secondPerson: boolean;
}

export const longestFallbackMinutes = 24 * 60;

/** True where the profile counts at a place that lies within others; `places` from the place itself upwards. */
export function coversPlace(profile: Pick<FallbackProfile, "places">, places: readonly string[]): boolean {
  return profile.places === undefined || profile.places.some(place => places.includes(place));
}
