import { Failure } from "../../../core/errors/failure.ts";
import type { LdapConnection } from "../../ldap/ldap-connection.ts";
import { comparableName } from "./distinguished-name.ts";
import { generalizedTimeMs, generalizedTimeText } from "./generalized-time.ts";
import type { LdapEntry } from "./ldap-entry.ts";
import type { LdapLook, LdapSchema } from "./ldap-schema.ts";
import type { ModificationTimes } from "./modification-times.ts";
import { contextOf, rootEntry } from "./root-entry.ts";
import { atLeast } from "./search-filters.ts";

/** Entries of the last minute are read again: times are whole seconds, and what another server changed comes late. */
const overlapMs = 60_000;

/**
 * OpenLDAP, 389 Directory Server and others that keep people as inetOrgPerson (RFC 2798) and operational attributes as RFC 4512 and
 * RFC 4530 name them. Changes are told by modifyTimestamp; `since` of another server brings everything.
 */
export function inetOrgPerson(base: string, times: ModificationTimes): LdapSchema {
  return {
    peopleFilter: "(objectClass=inetOrgPerson)",
    groupsFilter: "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))",
    peopleAttributes: {
      holder: "employeeNumber",
      account: "uid",
      displayName: "displayName",
      mail: "mail",
      manager: "manager",
      language: "preferredLanguage",
      activeUntil: "pwdEndTime",
    },
    disabledWhen: [
      // For ever (draft-behera-ldap-password-policy 5.3.3); a lock by wrong passwords ends by itself and says nothing of the person.
      { attribute: "pwdAccountLockedTime", value: "000001010000Z" },
      { attribute: "nsAccountLock", value: "TRUE" },
    ],
    attributes: ["entryUUID", "modifyTimestamp"],
    memberAttributes: ["member", "uniqueMember"],
    membersAreNames: true,
    membersAtOnce: undefined,
    controls: [],
    controlsForGone: [],
    key: entry => {
      const [uuid] = entry.texts("entryUUID");
      if (uuid === undefined) throw new Error("no entryUUID");
      return uuid.toLowerCase();
    },
    reference: entry => comparableName(entry.name),
    // Name and optional UID (RFC 4517 3.3.21).
    memberReference: value => comparableName(value.replace(/#'[01]*'B$/, "")),
    groupsOf: () => [],
    isDisabled: () => false,
    activeUntil: generalizedTimeMs,
    look: (connection, since) => look(connection, base, times, since),
  };
}

async function look(
  connection: LdapConnection,
  base: string,
  times: ModificationTimes,
  since: string | undefined,
): Promise<LdapLook> {
  const server = connection.server.address;
  const [from, of] = (since ?? "").split(" ");
  const ms = of === server && from !== undefined ? Number(from) : undefined;
  const seen = times.begin(server, ms);
  const told = {
    saw: (entry: LdapEntry) => {
      const modified = entry.firstText("modifyTimestamp");
      if (modified !== undefined) seen.saw(timeOf(entry, modified));
    },
    watermark: () => {
      const reached = seen.reached();
      return reached === undefined ? undefined : `${reached} ${server}`;
    },
  };
  if (ms === undefined) return { extent: "everything", ...told };
  return {
    extent: "changes",
    changed: atLeast("modifyTimestamp", generalizedTimeText(ms - overlapMs)),
    root: contextOf(await rootEntry(connection, []), base),
    ...told,
  };
}

function timeOf(entry: LdapEntry, modified: string): number {
  try {
    return generalizedTimeMs(modified);
  } catch (problem) {
    const detail = `${entry.name}: modifyTimestamp: ${(problem as Error).message}`;
    throw new Failure("directory-data-unreadable", { detail, cause: problem });
  }
}
