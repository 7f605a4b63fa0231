/** One page that shows one application of a seat. What a host of the window implements. */
export interface ApplicationPage {
  /** Resolves when the address has been answered; rejects where it cannot be reached. */
  navigate(url: string): Promise<void>;
  /** Can be seen and used, in front of everything. Never rejects. */
  reveal(): void;
  /** Can neither be seen nor used; what it holds stays as it is. Orders it at once and never rejects. */
  conceal(): void;
  close(): Promise<void>;
  /** The page is gone: the holder closed it, or it crashed. */
  onClosed(listener: () => void): void;
  /** Somebody uses it: keys, pointer or touch; told at most about once a second. */
  onUsed(listener: () => void): void;
  /** The holder asks for the portal from here. */
  onPortalAsked(listener: () => void): void;
}

/** The browser of one seat, with a profile of its own. */
export interface SeatBrowser {
  newPage(): Promise<ApplicationPage>;
  /** Ends it and removes all that it kept. */
  close(): Promise<void>;
}
