import type { DeskCard } from "../desk-controls.ts";
import { element } from "./element.ts";
import type { Words } from "./words.ts";

/** A card as it lies on the desk. Its PIN is printed on it: this is a demonstration. */
export function drawCard(card: DeskCard, words: Words): HTMLElement {
  const fault = words.faults[card.fault] ?? card.fault;
  return element(
    "div",
    { class: "card", "data-fault": card.fault, "data-card": card.id },
    element("span", { class: "card-band" }, fault === "" ? card.kindName : fault),
    element("span", { class: "chip", "aria-hidden": "true" }),
    element("span", { class: "card-name" }, `${card.givenName} ${card.familyName}`),
    element("span", { class: "card-profession" }, card.profession),
    element("span", { class: "card-pin" }, `${words.pin} `, element("b", {}, card.pin)),
  );
}
