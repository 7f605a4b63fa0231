import type { TFunction } from "i18next";
import { glassIdentities } from "../../../core/break-glass/break-glass.ts";
import { allMeans } from "../../../core/session/means.ts";
import type { Choice } from "./entry-field.ts";

/** Every means, by its word. */
export function meansChoices(t: TFunction): readonly Choice[] {
  return allMeans.map(means => ({ value: means, label: t(`portal.means.${means}`) }));
}

/** To whom it opens in an emergency. */
export function glassChoices(t: TFunction): readonly Choice[] {
  return glassIdentities.map(identity => ({ value: identity, label: t(`console.house.emergency.${identity}`) }));
}

export function namedChoices(entries: readonly { readonly id: string; readonly name: string }[]): readonly Choice[] {
  return entries.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
}
