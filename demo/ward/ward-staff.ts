import { demonstrationCards } from "../../native-bindings/simulator/authority/demonstration-cards.ts";

/** The physician's two ways of practising: in the hospital, and in a clinic of her own. */
export const physicianActivities = [
  {
    id: "cardiology",
    label: "Cardiologue, hôpital",
    structure: "1750000001",
    structureName: "Hôpital de démonstration",
  },
  { id: "heart-clinic", label: "Cardiologue, libéral", structure: "1750000002", structureName: "Clinique du Cœur" },
] as const;

const physician = demonstrationCards.find(({ id }) => id === "physician");

/** What the ward's directory knows of its staff, as a file of comma-separated values (docs/directory.md). */
export function wardStaff(): string {
  const activities = physicianActivities
    .map(({ id, label, structure, structureName }) => [id, label, "10", "SM04", structure, structureName].join("|"))
    .join(";");
  return [
    "id,holder,displayName,active,activities",
    `physician,${physician?.nationalId ?? ""},Camille AUBERT,yes,"${activities}"`,
    "",
  ].join("\n");
}
