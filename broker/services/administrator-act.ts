import type { TrailRecord } from "../../core/trail/trail-record.ts";

/** When something is done; in the console also by whom, by which means, where and why. As the trail has it. */
export type RecordedAct = Pick<
  TrailRecord,
  "at" | "by" | "means" | "assurance" | "session" | "workstation" | "place" | "detail"
>;

/** What an administrator does in the console. */
export type AdministratorAct = RecordedAct & { readonly by: string };
