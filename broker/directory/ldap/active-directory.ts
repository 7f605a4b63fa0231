import { Control } from "ldapts";
import type { LdapConnection } from "../../ldap/ldap-connection.ts";
import {
  expiryOf,
  guidText,
  isAccountDisabled,
  primaryGroupSid,
  referenceIn,
  sidText,
} from "./active-directory-values.ts";
import { ExtendedNameControl } from "./extended-name-control.ts";
import type { LdapEntry } from "./ldap-entry.ts";
import type { LdapLook, LdapSchema } from "./ldap-schema.ts";
import { contextOf, entryNamed, rootEntry } from "./root-entry.ts";
import { atLeast } from "./search-filters.ts";

const showDeleted = new Control("1.2.840.113556.1.4.417");
/** Other servers' parts of the forest are not pointed at. */
const thisDomainAlone = new Control("1.2.840.113556.1.4.1339");

/**
 * Active Directory, and Samba as its domain controller. Changes are told by update sequence numbers ([MS-ADTS] 3.1.1.1.9), which are
 * one server's own: `since` of another server, or of this one before it was restored, brings everything. `base`: where people are.
 */
export function activeDirectory(base: string): LdapSchema {
  return {
    peopleFilter: "(&(objectCategory=person)(objectClass=user))",
    groupsFilter: "(objectClass=group)",
    peopleAttributes: {
      holder: "employeeNumber",
      account: "sAMAccountName",
      displayName: "displayName",
      mail: "mail",
      manager: "manager",
      language: "preferredLanguage",
      activeUntil: "accountExpires",
    },
    disabledWhen: [],
    attributes: ["objectGUID", "objectSid", "userAccountControl", "primaryGroupID"],
    memberAttributes: ["member"],
    membersAreNames: false,
    membersAtOnce: 1_500,
    controls: [new ExtendedNameControl(), thisDomainAlone],
    controlsForGone: [showDeleted],
    key,
    reference: entry => sidOf(entry) ?? key(entry),
    memberReference: referenceIn,
    groupsOf: entry => {
      const sid = sidOf(entry);
      const group = entry.text("primaryGroupID");
      return sid === undefined || group === undefined ? [] : [primaryGroupSid(sid, group)];
    },
    isDisabled: entry => isAccountDisabled(entry.text("userAccountControl") ?? "0"),
    activeUntil: expiryOf,
    look: (connection, since) => look(connection, base, since),
  };
}

function key(entry: LdapEntry): string {
  const [bytes] = entry.bytes("objectGUID");
  if (bytes === undefined) throw new Error("no objectGUID");
  return guidText(bytes);
}

function sidOf(entry: LdapEntry): string | undefined {
  const [bytes] = entry.bytes("objectSid");
  return bytes && sidText(bytes);
}

async function look(connection: LdapConnection, base: string, since: string | undefined): Promise<LdapLook> {
  const root = await rootEntry(connection, ["highestCommittedUSN", "dsServiceName"]);
  const service = root?.text("dsServiceName");
  const reached = root?.text("highestCommittedUSN");
  if (service === undefined || reached === undefined)
    return { extent: "everything", saw: () => {}, watermark: () => undefined };
  const settings = await entryNamed(connection, service, ["invocationId"]).catch(() => undefined);
  const [invocation] = settings?.bytes("invocationId") ?? [];
  const server = invocation === undefined ? service : guidText(invocation);
  const watermark = `${reached} ${server}`;
  if (since === watermark) return { extent: "unchanged" };
  const told = { saw: () => {}, watermark: () => watermark };
  const [from, ...of] = (since ?? "").split(" ");
  if (of.join(" ") !== server || from === undefined || BigInt(from) > BigInt(reached))
    return { extent: "everything", ...told };
  return {
    extent: "changes",
    changed: atLeast("uSNChanged", String(BigInt(from) + 1n)),
    root: contextOf(root, base),
    ...told,
  };
}
