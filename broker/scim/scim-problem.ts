import { Failure } from "../../core/errors/failure.ts";

/** RFC 7644, section 3.12, table 9: those that are raised here. */
export type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "tooMany"
  | "uniqueness";

export const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

/**
 * What a client of SCIM did wrong, in the words of the protocol. A failure `request-malformed` to the rest of the broker, so that
 * the store undoes what the request had begun.
 */
export class ScimProblem extends Failure {
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, detail: string, scimType?: ScimType) {
    super("request-malformed", { detail });
    this.status = status;
    this.scimType = scimType;
  }

  /** RFC 7644, section 3.12. */
  get body(): Readonly<Record<string, unknown>> {
    const { status, scimType, detail } = this;
    return { schemas: [errorSchema], status: String(status), ...(scimType === undefined ? {} : { scimType }), detail };
  }
}

/** A 400 with its `scimType`. */
export function badRequest(scimType: ScimType, detail: string): ScimProblem {
  return new ScimProblem(400, detail, scimType);
}
