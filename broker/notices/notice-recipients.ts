import { z } from "zod";
import { type Language, spokenLanguage } from "../../core/language.ts";
import type { KnownPerson } from "../directory/standing.ts";
import { personOfReference, personsOfHolder } from "../store/directory-table.ts";
import type { Db } from "../store/store.ts";
import type { NoticeRecipient } from "./notice.ts";
import type { NoticeRule } from "./notice-configuration.ts";

/** Somebody whom a rule names: an address, or why there is none. */
export type Addressed = { readonly recipient: NoticeRecipient } & (
  | { readonly address: string; readonly name?: string; readonly language?: Language }
  | { readonly missing: string }
);

const mailAddress = z.email();

/** Whom a rule names for a holder, each address once. */
export async function noticeRecipients(db: Db, holder: string, rule: NoticeRule): Promise<readonly Addressed[]> {
  const own = current(await personsOfHolder(db, holder));
  const found: Addressed[] = [];
  if (rule.holder) found.push(addressOf("holder", own));
  if (rule.manager) found.push(await managerAmong(db, own));
  found.push(...rule.addresses.map(address => ({ recipient: "desk", address }) as const));
  return found.filter(
    (one, index) =>
      !("address" in one) || found.findIndex(other => "address" in other && other.address === one.address) === index,
  );
}

/** The first manager whom one of the holder's entries names, in the source of that entry. */
async function managerAmong(db: Db, own: readonly KnownPerson[]): Promise<Addressed> {
  for (const { source, person } of own) {
    if (person.manager === undefined) continue;
    const manager = await personOfReference(db, source, person.manager);
    return addressOf("manager", current(manager === undefined ? [] : [manager]));
  }
  return { recipient: "manager", missing: "the directory names no manager" };
}

function addressOf(recipient: NoticeRecipient, persons: readonly KnownPerson[]): Addressed {
  for (const { person } of persons) {
    // What a source brings is text, and a header of a mail is no place for any text.
    const address = mailAddress.safeParse(person.mail);
    if (!address.success) continue;
    const language = spokenLanguage(person.language);
    return {
      recipient,
      address: address.data,
      name: person.displayName,
      ...(language === undefined ? {} : { language }),
    };
  }
  return { recipient, missing: "the directory brings no mail address" };
}

/** Who has left, or may not be here, is sent nothing. */
function current(persons: readonly KnownPerson[]): readonly KnownPerson[] {
  return persons.filter(({ standing }) => standing === "active");
}
