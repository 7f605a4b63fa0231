import type { ClientConfiguration } from "../oidc/client-configuration.ts";
import { clientFaults, type Served } from "./client-faults.ts";

/** What of a house is checked across its lists. */
interface CheckedHouse {
  readonly places: readonly {
    readonly id: string;
    readonly within?: string | undefined;
    readonly startApplication?: string | undefined;
  }[];
  readonly applications: readonly {
    readonly id: string;
    readonly initiateLoginUri?: string | undefined;
    readonly targetLinkUri?: string | undefined;
    readonly client?: ClientConfiguration | undefined;
    readonly saml?: { readonly serviceProvider?: { readonly entityId: string } | undefined } | undefined;
  }[];
  readonly groups: readonly { readonly id: string }[];
  readonly structures: readonly { readonly id: string }[];
}

/** Where a house contradicts itself: the list, the entry's index in it and the member. */
export interface HouseContradiction {
  readonly path: readonly [keyof CheckedHouse, number, ...string[]];
  readonly message: string;
}

/**
 * What no entry can say of itself: each id once in its list, each OpenID client and SAML entity once, clients fit what serves them, from every place a way up that ends, and
 * applications that start somewhere are there. Of two with one id, the later is at fault.
 */
export function houseFaults(house: CheckedHouse & Served): readonly HouseContradiction[] {
  const { places, applications, groups, structures } = house;
  const lists = { places, applications, groups, structures };
  return [
    ...Object.entries(lists).flatMap(([list, entries]) =>
      doubled(entries.map(({ id }) => id)).map(index =>
        fault(list as keyof CheckedHouse, index, "id", `“${entries[index]?.id}” is taken`),
      ),
    ),
    ...doubled(applications.map(({ client }) => client?.clientId)).map(index =>
      fault("applications", index, "client", `clientId “${applications[index]?.client?.clientId}” is taken`),
    ),
    ...doubled(applications.map(({ saml }) => saml?.serviceProvider?.entityId)).map(index =>
      fault(
        "applications",
        index,
        "saml",
        `entityId “${applications[index]?.saml?.serviceProvider?.entityId}” is taken`,
      ),
    ),
    ...applications.flatMap((application, index) =>
      clientFaults(application, house).map(({ member, message }) => fault("applications", index, member, message)),
    ),
    ...treeFaults(places),
    ...places.flatMap(({ startApplication }, index) =>
      startApplication === undefined || applications.some(({ id }) => id === startApplication)
        ? []
        : [fault("places", index, "startApplication", `no application “${startApplication}”`)],
    ),
  ];
}

function fault(
  list: keyof CheckedHouse,
  index: number,
  member: string | readonly string[],
  message: string,
): HouseContradiction {
  return { path: [list, index, ...[member].flat()], message };
}

function doubled(names: readonly (string | undefined)[]): readonly number[] {
  return names.flatMap((name, index) => (name !== undefined && names.indexOf(name) < index ? [index] : []));
}

function treeFaults(places: CheckedHouse["places"]): readonly HouseContradiction[] {
  const parents = new Map(places.map(({ id, within }) => [id, within]));
  return places.flatMap(({ id, within }, index) => {
    if (within !== undefined && !parents.has(within)) return [fault("places", index, "within", `no place “${within}”`)];
    let steps = 0;
    for (let above = within; above !== undefined; above = parents.get(above)) {
      steps += 1;
      if (steps > places.length) return [fault("places", index, "within", `“${id}” is within itself`)];
    }
    return [];
  });
}
