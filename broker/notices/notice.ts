/** What somebody is told of by mail. Times are milliseconds since 1970, holders PS_IdNat, places their ids. */
export type Notice =
  | {
      readonly kind: "fallback-issued";
      readonly at: number;
      readonly holder: string;
      /** Of the helpdesk: its number is the one to call. */
      readonly place: string | undefined;
      readonly until: number;
    }
  | {
      readonly kind: "fallback-alarm";
      readonly at: number;
      readonly place: string;
      /** As people call it. */
      readonly workstation: string;
      /** How many names were tried. */
      readonly names: number;
    }
  | {
      readonly kind: "break-glass-used";
      readonly at: number;
      readonly holder: string;
      readonly place: string;
      readonly workstation: string;
      readonly until: number;
    };

/** In what capacity somebody is told. */
export type NoticeRecipient = "holder" | "manager" | "desk";
