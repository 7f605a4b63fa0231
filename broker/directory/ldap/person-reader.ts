import { type DirectoryPerson, directoryPerson } from "../directory-entry.ts";
import type { LdapSourceConfiguration } from "./ldap-configuration.ts";
import type { LdapEntry } from "./ldap-entry.ts";
import type { LdapSchema, PeopleAttributes } from "./ldap-schema.ts";

const commonName = "cn";

/** How persons are read: the schema's way, with what the configuration says otherwise. */
export class PersonReader {
  readonly attributes: readonly string[];
  readonly #schema: LdapSchema;
  readonly #named: PeopleAttributes;
  readonly #disabledWhen: LdapSchema["disabledWhen"];

  constructor(schema: LdapSchema, people: LdapSourceConfiguration["people"]) {
    const { holder, account, displayName, mail, manager, language, activeUntil } = people.attributes;
    const usual = schema.peopleAttributes;
    this.#schema = schema;
    this.#named = {
      holder: holder ?? usual.holder,
      account: account ?? usual.account,
      displayName: displayName ?? usual.displayName,
      mail: mail ?? usual.mail,
      manager: manager ?? usual.manager,
      language: language ?? usual.language,
      activeUntil: activeUntil ?? usual.activeUntil,
    };
    this.#disabledWhen = people.disabledWhen ?? schema.disabledWhen;
    const disabling = this.#disabledWhen.map(({ attribute }) => attribute);
    this.attributes = [...new Set([...schema.attributes, ...Object.values(this.#named), commonName, ...disabling])];
  }

  /** Throws where the entry cannot be read, an identifier of two values being one case. */
  read(entry: LdapEntry): DirectoryPerson {
    const { holder, account, displayName, mail, manager, language, activeUntil } = this.#named;
    const until = entry.text(activeUntil);
    const above = entry.firstText(manager);
    const groups = this.#schema.groupsOf(entry);
    return parsed({
      kind: "person",
      key: this.#schema.key(entry),
      reference: this.#schema.reference(entry),
      holder: entry.text(holder),
      account: entry.firstText(account),
      displayName: entry.firstText(displayName) ?? entry.firstText(commonName) ?? "",
      mail: entry.firstText(mail),
      manager: above === undefined ? undefined : this.#schema.memberReference(above),
      language: entry.firstText(language),
      active: !this.#isDisabled(entry),
      activeUntil: until === undefined ? undefined : this.#schema.activeUntil(until),
      groups: groups.length === 0 ? undefined : groups,
    });
  }

  #isDisabled(entry: LdapEntry): boolean {
    const told = this.#disabledWhen.some(({ attribute, value }) => {
      const values = entry.texts(attribute);
      return value === undefined ? values.length > 0 : values.some(one => one.toLowerCase() === value.toLowerCase());
    });
    return told || this.#schema.isDisabled(entry);
  }
}

function parsed(person: unknown): DirectoryPerson {
  const read = directoryPerson.safeParse(person);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}
