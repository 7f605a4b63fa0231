/**
 * What the workstation shows and starts beside the window: the applications of a seat. Everything of a seat lives in a
 * browser profile of its own (design D7, D11).
 */
export interface SeatApplications {
  /** Opens the address in the seat's own profile, in front. Rejects with `application-not-started`. */
  open(seat: string, application: string, url: string): Promise<void>;
  /** Closes one application of a seat, whoever is in it; its holder has not closed it himself. Never rejects. */
  quit(seat: string, application: string): Promise<void>;
  /** Brings an open application to the front. */
  show(seat: string, application: string): Promise<void>;
  /** Nothing of any application can be seen or reached from when this is called. Never rejects and never waits for anything outside. */
  cover(): void;
  /** The window is in front until `uncover`; the seat's applications stay open behind it, and what opens meanwhile waits there. */
  setAside(seat: string): void;
  /** The seat's applications can be seen again. */
  uncover(seat: string): void;
  /** Ends the seat's applications and wipes all that they left. */
  wipe(seat: string): Promise<void>;
  /** Applications that the holder closed himself. */
  onClosed(listener: (seat: string, application: string) => void): void;
  /** Keys, pointer or touch in an application, by a person; at most about once a second. */
  onUsed(listener: () => void): void;
}
