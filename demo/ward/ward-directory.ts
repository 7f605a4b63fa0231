import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";

const groups = new Map([
  ["physician", "cardiology;on-call"],
  ["nurse", "cardiology;night-shift"],
]);
/** The physician practises in the hospital, and in a surgery of her own. */
export const physicianActivities = [
  { id: "act-1", label: "Cardiologue, CHU Les Tilleuls", structure: "1750000001", structureName: "CHU Les Tilleuls" },
  { id: "act-2", label: "Cardiologue, cabinet", structure: "", structureName: "" },
] as const;
const activities = new Map([["physician", physicianActivities.map(written).join(";")]]);

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

function written({ id, label, structure, structureName }: (typeof physicianActivities)[number]): string {
  return [id, label, "10", "SM04", structure, structureName].join("|");
}
