import type { TrailRecord } from "../../core/trail/trail-record.ts";

/** Who does something in the console, when, by which means and where; as the trail has it. */
export type AdministratorAct = Pick<TrailRecord, "at" | "means" | "assurance" | "session" | "workstation" | "place"> & {
  readonly by: string;
};
