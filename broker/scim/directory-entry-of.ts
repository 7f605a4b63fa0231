import { type DirectoryEntry, directoryEntry } from "../directory/directory-entry.ts";
import { valuesAt } from "./schema/attribute-path.ts";
import { enterpriseUserSchema } from "./schema/enterprise-user-schema.ts";
import { healthProfessionalSchema } from "./schema/health-professional-schema.ts";
import type { ResourceType } from "./schema/resource-type.ts";
import { isScimObject, type ScimObject, type ScimValue } from "./schema/scim-value.ts";
import { isPrimary } from "./schema/take-value.ts";
import { badRequest } from "./scim-problem.ts";
import type { ScimSource } from "./scim-source.ts";

/** What the directory knows of a resource. Throws a ScimProblem `invalidValue` where it is more than a directory can take. */
export function directoryEntryOf(
  source: Pick<ScimSource, "holder">,
  type: Pick<ResourceType, "name">,
  id: string,
  content: ScimObject,
): DirectoryEntry {
  const parsed = directoryEntry.safeParse(type.name === "User" ? personOf(source, id, content) : groupOf(id, content));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest("invalidValue", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

/** The ids of a group's members. */
export function memberIdsOf(content: ScimObject): readonly string[] {
  const { members } = content;
  if (!Array.isArray(members)) return [];
  return members.map(member => {
    const id = isScimObject(member) ? member["value"] : undefined;
    if (typeof id !== "string") throw badRequest("invalidValue", "a member has no value");
    return id;
  });
}

function personOf({ holder }: Pick<ScimSource, "holder">, id: string, content: ScimObject): unknown {
  const { userName, active, emails, preferredLanguage } = content;
  const professional = content[healthProfessionalSchema.id];
  return {
    kind: "person",
    key: id,
    reference: id,
    holder: valuesAt(content, holder)[0] || undefined,
    account: userName,
    displayName: shownName(content),
    mail: preferredMail(emails),
    manager: managerOf(content[enterpriseUserSchema.id]),
    language: preferredLanguage || undefined,
    active: active !== false,
    activities: isScimObject(professional) ? professional["activities"] : undefined,
  };
}

function groupOf(id: string, content: ScimObject): unknown {
  return { kind: "group", key: id, reference: id, name: content["displayName"], members: memberIdsOf(content) };
}

function shownName({ displayName, name, userName }: ScimObject): ScimValue | undefined {
  if (displayName !== undefined && displayName !== "") return displayName;
  if (!isScimObject(name)) return userName;
  const { formatted, givenName, familyName } = name;
  if (formatted !== undefined && formatted !== "") return formatted;
  return [givenName, familyName].filter(part => typeof part === "string" && part !== "").join(" ") || userName;
}

/** The id of the person above. */
function managerOf(enterprise: ScimValue | undefined): ScimValue | undefined {
  const manager = isScimObject(enterprise) ? enterprise["manager"] : undefined;
  return (isScimObject(manager) && manager["value"]) || undefined;
}

/** The primary one, or else one for work, or else the first. */
function preferredMail(emails: ScimValue | undefined): ScimValue | undefined {
  const all = Array.isArray(emails) ? emails.filter(isScimObject) : [];
  const best = all.find(isPrimary) ?? all.find(({ type }) => type === "work") ?? all[0];
  return best?.["value"];
}
