import { matchesAtr } from "../../../core/card/pkcs15/card-profile.ts";
import type { Pkcs11ModuleSettings } from "../../../protocol/card-host/settings.ts";

export interface ModuleOrder {
  /** Asked before our own drivers. */
  readonly before: readonly Pkcs11ModuleSettings[];
  /** Asked where no driver of ours knows the card. */
  readonly after: readonly Pkcs11ModuleSettings[];
}

/** In which order a card's insertion is offered to the modules of the settings: makers' own first, then as listed. */
export function moduleOrder(modules: readonly Pkcs11ModuleSettings[], atr: Uint8Array, reader: string): ModuleOrder {
  const ranked = [...modules].sort((one, other) => placeOf(one) - placeOf(other));
  const isFirst = ({ atrs, readers }: Pkcs11ModuleSettings) =>
    atrs.some(form => matchesAtr(atr, form)) || readers.some(part => reader.includes(part));
  return { before: ranked.filter(isFirst), after: ranked.filter(module => !isFirst(module)) };
}

function placeOf({ rank }: Pkcs11ModuleSettings): number {
  return rank === "vendor" ? 0 : 1;
}
