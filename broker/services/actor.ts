import type { TrailRecord } from "../../core/trail/trail-record.ts";

/** An administrator who does something at the console, as the trail names him. */
export type Actor = Pick<TrailRecord, "at" | "by" | "means" | "assurance" | "session" | "workstation" | "place">;
