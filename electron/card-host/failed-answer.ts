import { asFailure, type Failure } from "../../core/errors/failure.ts";

/** A failure as it travels between processes. */
export function failedAnswer(thrown: unknown): { type: "failed" } & Pick<Failure, "code"> & {
    detail?: string;
    triesLeft?: number;
  } {
  const { code, detail, triesLeft } = asFailure(thrown);
  return {
    type: "failed",
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(triesLeft === undefined ? {} : { triesLeft }),
  };
}
