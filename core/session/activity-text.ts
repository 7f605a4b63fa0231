import type { Activity } from "./activity.ts";

/** How an activity is written on one line: `id|label|profession|speciality|structure|structureName`. */
const members = ["id", "label", "profession", "speciality", "structure", "structureName"] as const;

/** Undefined where it is none: id and label have to be there, what is absent at the end may be left out. */
export function readActivity(written: string): Activity | undefined {
  const parts = written.split("|").map(part => part.trim());
  const [id = "", label = ""] = parts;
  if (id === "" || label === "" || parts.length > members.length) return undefined;
  const given = members.flatMap((member, at) => (parts[at] ? [[member, parts[at]] as const] : []));
  return { id, label, ...Object.fromEntries(given) };
}

export function activityText(activity: Activity): string {
  return members
    .map(member => activity[member] ?? "")
    .join("|")
    .replace(/\|+$/, "");
}
