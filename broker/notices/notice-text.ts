import type { Notice } from "./notice.ts";
import { en } from "./words/en.ts";
import { fr } from "./words/fr.ts";
import type { NoticeFacts, NoticeWords } from "./words/notice-words.ts";

export type NoticeLanguage = "fr" | "en";

const words: Readonly<Record<NoticeLanguage, NoticeWords>> = { fr, en };

/** What a notice's text needs beside it: names for identifiers, and where the reader is. */
export interface NoticeSurroundings {
  readonly language: NoticeLanguage;
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
