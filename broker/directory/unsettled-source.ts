import { Failure } from "../../core/errors/failure.ts";

/** A source was changed while it was read: nothing is wrong with it, and the next look will tell. */
export class UnsettledSource extends Failure {
  constructor(what: string) {
    super("directory-source-unreachable", { detail: `${what}: changed while it was read` });
  }
}
