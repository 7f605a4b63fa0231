/** An attribute as RFC 7643, section 7 describes it: the same object is the rule for what comes and the text of `/Schemas`. */
export interface ScimAttribute {
  readonly name: string;
  readonly type: "string" | "boolean" | "dateTime" | "reference" | "binary" | "complex";
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  /** False: texts are compared without regard to upper and lower case. */
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable";
  readonly returned: "always" | "default";
  readonly uniqueness: "none" | "server";
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly ScimAttribute[];
}

/** An attribute with what RFC 7643, section 2.2 takes for granted, but for what is said otherwise. */
export function attribute(
  name: string,
  description: string,
  otherwise: Partial<Omit<ScimAttribute, "name" | "description">> = {},
): ScimAttribute {
  return {
    name,
    type: otherwise.subAttributes === undefined ? "string" : "complex",
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...otherwise,
  };
}

/** The shape that most multi-valued attributes share (RFC 7643, section 2.4). */
export function severalValues(
  name: string,
  description: string,
  value: Partial<Omit<ScimAttribute, "name" | "description">> = {},
): ScimAttribute {
  return attribute(name, description, {
    multiValued: true,
    subAttributes: [
      attribute("value", "The value itself.", value),
      attribute("display", "How the value is shown."),
      attribute("type", "What the value is for, such as work or home."),
      attribute("primary", "True for the one that is preferred.", { type: "boolean" }),
    ],
  });
}
