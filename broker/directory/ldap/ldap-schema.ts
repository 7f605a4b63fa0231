import type { Control, Filter } from "ldapts";
import type { LdapConnection } from "../../ldap/ldap-connection.ts";
import type { DisabledWhen } from "./ldap-configuration.ts";
import type { LdapEntry } from "./ldap-entry.ts";

export interface PeopleAttributes {
  readonly holder: string;
  readonly account: string;
  readonly displayName: string;
  readonly mail: string;
  readonly manager: string;
  readonly language: string;
  readonly activeUntil: string;
}

/** What one look at a server is to bring. */
export type LdapLook =
  | { readonly extent: "unchanged" }
  | {
      readonly extent: "everything" | "changes";
      /** Of changes: the part of the filter that they pass. */
      readonly changed?: Filter;
      /** Of changes: below this, entries that have changed and are none of ours any more are looked for. */
      readonly root?: string;
      /** Is shown every entry that comes. */
      saw(entry: LdapEntry): void;
      watermark(): string | undefined;
    };

/** How a kind of directory writes persons and groups. Members that read an entry throw where they cannot. */
export interface LdapSchema {
  readonly peopleFilter: string;
  readonly groupsFilter: string;
  readonly peopleAttributes: PeopleAttributes;
  readonly disabledWhen: readonly DisabledWhen[];
  /** What the members below read, besides. */
  readonly attributes: readonly string[];
  readonly memberAttributes: readonly string[];
  /** True where members are named as entries are: renaming one changes groups, and such a change of a group may not show. */
  readonly membersAreNames: boolean;
  /** Members of a group come so many at a time; undefined: all at once. */
  readonly membersAtOnce: number | undefined;
  /** Sent with every search. */
  readonly controls: readonly Control[];
  /** Sent, too, when looking for what is gone. */
  readonly controlsForGone: readonly Control[];
  key(entry: LdapEntry): string;
  reference(entry: LdapEntry): string;
  /** Of a name that an entry gives as a value: a member of a group, or a manager. */
  memberReference(value: string): string;
  /** References of groups that the person's own entry tells. */
  groupsOf(entry: LdapEntry): readonly string[];
  isDisabled(entry: LdapEntry): boolean;
  /** Milliseconds since 1970. */
  activeUntil(value: string): number | undefined;
  /** `since`: the watermark of the last look, of whichever server. */
  look(connection: LdapConnection, since: string | undefined): Promise<LdapLook>;
}
