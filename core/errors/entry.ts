/** What the catalogue knows of one failure. The texts for the holder are in renderer/i18n under the same code. */
export interface FailureEntry {
  /** Who can do something about it: the person at the workstation, or support. */
  readonly audience: "holder" | "support";
  /** True where the same act may succeed a moment later without anybody changing anything. */
  readonly retriable: boolean;
  /** What happened, one sentence for an engineer. */
  readonly meaning: string;
  /** What to do, one sentence for an engineer. */
  readonly remedy: string;
}
