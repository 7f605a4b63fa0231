import type { TrailRecord } from "../../../core/trail/trail-record.ts";

/** A record as long as most are. */
export const record = (at: number): TrailRecord => ({
  at,
  act: "application-launched",
  holder: "899700218896",
  means: "card-pin",
  assurance: "high",
  workstation: "01934a5e-1111-7000-8000-0000000000aa",
  place: "cardiology",
  session: "01934a5e-2222-7000-8000-0000000000bb",
  application: "record",
  policy: "nurses-on-their-ward",
});
