/** Something that is done on a console page before it is drawn, and what is there once it is done (a CSS selector). */
export type ConsoleStep = { readonly shows: string } & (
  | /** A button of the row in which this text stands whole; the first where nothing is said. */
  { readonly press: string; readonly nth?: number }
  /** A field of the page, by its number. */
  | { readonly type: string; readonly into: number }
  /** Whatever this CSS selector finds first. */
  | { readonly click: string }
);
