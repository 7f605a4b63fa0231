import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";

const groups = new Map([
  ["physician", "cardiology;on-call"],
  ["nurse", "cardiology;night-shift"],
]);
const activities = new Map([
  [
    "physician",
    "act-1|Cardiologue, CHU Les Tilleuls|10|SM04|1750000001|CHU Les Tilleuls;act-2|Cardiologue, cabinet|10|SM04",
  ],
]);

/** The ward's staff as its directory brings them: comma-separated values, the holders of the demonstration's cards, each once. */
export function wardDirectory(): string {
  const holders = new Map(demonstrationCards.toReversed().map(card => [card.nationalId, card]));
  const lines = [...holders.values()].map(({ id, nationalId, givenName, familyName }) =>
    [nationalId, nationalId, `${givenName} ${familyName}`, "yes", groups.get(id) ?? "", activities.get(id) ?? ""]
      .map(value => `"${value}"`)
      .join(),
  );
  return `${["id,holder,displayName,active,groups,activities", ...lines].join("\n")}\n`;
}
