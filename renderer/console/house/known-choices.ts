import type { TFunction } from "i18next";
import { allMeans } from "../../../core/session/means.ts";
import type { Choice } from "./entry-field.ts";

/** Every means, by its word. */
export function meansChoices(t: TFunction): readonly Choice[] {
  return allMeans.map(means => ({ value: means, label: t(`portal.means.${means}`) }));
}

export function namedChoices(entries: readonly { readonly id: string; readonly name: string }[]): readonly Choice[] {
  return entries.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
}
