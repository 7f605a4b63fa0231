import type { Language } from "../../core/language.ts";
import type { Notice } from "./notice.ts";
import { ca } from "./words/ca.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";
import type { NoticeFacts, NoticeWords } from "./words/notice-words.ts";

const words: Readonly<Record<Language, NoticeWords>> = { fr, en, es, ca };

/** What a notice's text needs beside it: names for identifiers, and where the reader is. */
export interface NoticeSurroundings {
  readonly language: Language;
  /** IANA name; absent: the machine's. */
  readonly timeZone: string | undefined;
  /** Whom it is about; absent where it is about nobody. */
  readonly person: string | undefined;
  /** Whom it goes to by name; absent: a desk. */
  readonly reader: string | undefined;
  readonly isPersonReading: boolean;
  readonly placeName: string;
  readonly phone: string | undefined;
}

/** The mail's subject and text. It holds no password, and no reason that somebody gave: a mailbox is no place for them. */
export function noticeText(notice: Notice, around: NoticeSurroundings): { subject: string; text: string } {
  const { kinds, greeting, closing } = words[around.language];
  const time = (at: number) => writtenTime(at, around);
  const facts: NoticeFacts = {
    at: time(notice.at),
    until: "until" in notice ? time(notice.until) : "",
    person: around.person ?? "",
    reader: around.isPersonReading ? "person" : "other",
    workstation: "workstation" in notice ? notice.workstation : "",
    place: around.placeName,
    names: "names" in notice ? notice.names : 0,
    phone: around.phone,
  };
  const [subject, ...paragraphs] = kinds[notice.kind](facts);
  const opening = around.reader === undefined ? [] : [greeting(around.reader)];
  return { subject, text: `${[...opening, ...paragraphs, closing].join("\n\n")}\n` };
}

function writtenTime(at: number, { language, timeZone }: NoticeSurroundings): string {
  const form = { dateStyle: "long", timeStyle: "short", ...(timeZone === undefined ? {} : { timeZone }) } as const;
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, form).format(at);
}
