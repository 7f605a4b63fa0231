import { consoleFr } from "../i18n/console-fr.ts";

export type PageId = keyof typeof consoleFr.pages;

/** Names of pages, as addresses have them: each has its words. */
export const pageIds = Object.keys(consoleFr.pages) as readonly PageId[];
