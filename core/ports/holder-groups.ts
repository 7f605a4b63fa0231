/** Where the groups of a holder come from: a list in the configuration, a directory. */
export interface HolderGroups {
  /** All that he is in, nested ones unfolded; none for a holder that is not known there. `holder`: PS_IdNat. */
  of(holder: string): Promise<readonly string[]>;
}
