import { AndFilter, EqualityFilter, type Filter, GreaterThanEqualsFilter, OrFilter, PresenceFilter } from "ldapts";

export const anyEntry: Filter = new PresenceFilter({ attribute: "objectClass" });

export function atLeast(attribute: string, value: string): Filter {
  return new GreaterThanEqualsFilter({ attribute, value });
}

export function both(filter: Filter, more: Filter | undefined): Filter {
  return more === undefined ? filter : new AndFilter({ filters: [filter, more] });
}

/** Entries that have one of these values in one of these attributes. */
export function anyOf(attributes: readonly string[], values: readonly string[]): Filter {
  return new OrFilter({
    filters: values.flatMap(value => attributes.map(attribute => new EqualityFilter({ attribute, value }))),
  });
}
