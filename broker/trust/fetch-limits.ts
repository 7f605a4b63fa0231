/** How much a source may send, and how long it may take, all redirects and bytes together. */
export interface FetchLimits {
  readonly largestBytes: number;
  readonly timeoutMs: number;
  /** Ends whatever is under way. */
  readonly signal?: AbortSignal;
}

/** Fires when the time is over or the fetching is ended. */
export function endOf({ timeoutMs, signal }: FetchLimits): AbortSignal {
  const over = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? over : AbortSignal.any([over, signal]);
}

/** What the source said the last time of what it sent, for asking whether it has changed (RFC 9110, 13.1). */
export interface Validators {
  readonly entityTag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** `bytes` are the receiver's own. */
export type FetchAnswer =
  | { readonly kind: "changed"; readonly bytes: Uint8Array<ArrayBuffer>; readonly validators: Validators }
  | { readonly kind: "unchanged" };
