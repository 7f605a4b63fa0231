import type { TrailRecord } from "../../core/trail/trail-record.ts";

/** When, and in the console by whom, where and why; as the trail has it. */
export type AdministratorAct = Pick<
  TrailRecord,
  "at" | "by" | "means" | "assurance" | "session" | "workstation" | "place" | "detail"
>;
