import type { Notice } from "../notice.ts";

/** What a notice's words are about, as people say it: times written out, names instead of identifiers. */
export interface NoticeFacts {
  readonly at: string;
  readonly until: string;
  /** The person whom it is about. */
  readonly person: string;
  /** `person`: it is he who reads. */
  readonly reader: "person" | "other";
  readonly workstation: string;
  readonly place: string;
  readonly names: number;
  /** The helpdesk's number; absent where none is known. */
  readonly phone: string | undefined;
}

/** The words of one language: subject, then paragraphs. */
export interface NoticeWords {
  readonly kinds: Readonly<Record<Notice["kind"], (facts: NoticeFacts) => readonly [string, ...string[]]>>;
  greeting(name: string): string;
  /** The end of every notice. */
  readonly closing: string;
}
