import { Failure } from "../../core/errors/failure.ts";

/** `directory-shrunk`: a look would take away more persons than is believed by itself. */
export class ShrunkSource extends Failure {
  /** How many an administrator would have to accept. */
  readonly losing: number;

  constructor(losing: number, active: number) {
    super("directory-shrunk", { detail: `${losing} of ${active} persons would not be active any more` });
    this.losing = losing;
  }
}
