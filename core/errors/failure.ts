import { type FailureCode, failureCatalogue } from "./catalogue.ts";

/**
 * A failure from the catalogue on its way across an adapter. Inside a flow it travels as its `code`.
 * `detail` is for support and the trail; it never holds a PIN, and never reaches the holder's screen.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  readonly detail: string | undefined;
  /** Tries left on the card's PIN, where the card told. */
  readonly triesLeft: number | undefined;

  constructor(code: FailureCode, options: { detail?: string; triesLeft?: number; cause?: unknown } = {}) {
    super(failureCatalogue[code].meaning, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.triesLeft = options.triesLeft;
  }
}

/** The failure behind anything thrown: itself where it is one of ours, `internal` otherwise. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure("internal", { detail: String(thrown), cause: thrown });
}
