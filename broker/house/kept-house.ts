import { z } from "zod";
import type { HouseKind } from "../../protocol/broker/console/house-change.ts";
import { application, holderGroup, place, structure } from "../main/configuration.ts";

/** Policies that are written in the console, one text of any number of them. */
export const policyText = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, "small letters, digits and hyphens"),
  text: z.string().max(40_000),
});

/** An entry of the console names no file of the broker's machine: what it needs stands in it. */
const keptApplication = application.superRefine(({ client, saml }, context) => {
  const complain = (path: string[]) =>
    context.addIssue({ code: "custom", path, message: "only in the configuration file" });
  if (client?.clientSecretFile !== undefined) complain(["client", "clientSecretFile"]);
  if (saml?.metadata !== undefined) complain(["saml", "metadata"]);
});

/** Everything that administrators keep in the console: the same entries, by the same schema, as the configuration file has. */
export const keptHouse = z.strictObject({
  places: z.array(place).default([]),
  applications: z.array(keptApplication).default([]),
  groups: z.array(holderGroup).default([]),
  structures: z.array(structure).default([]),
  policies: z.array(policyText).default([]),
});
export type KeptHouse = z.output<typeof keptHouse>;

export const nothingKept: KeptHouse = keptHouse.parse({});

/** Where each kind stands in the document. */
export const listOf = {
  place: "places",
  application: "applications",
  group: "groups",
  structure: "structures",
  policies: "policies",
} as const satisfies Record<HouseKind, keyof KeptHouse>;

export const entrySchemas = {
  place,
  application: keptApplication,
  group: holderGroup,
  structure,
  policies: policyText,
} as const;
