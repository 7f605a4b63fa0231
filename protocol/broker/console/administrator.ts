import { z } from "zod";
import { allMeans } from "../../../core/session/means.ts";
import { consoleRoles } from "./roles.ts";

/** Who is at the console: the holder of the seat that its browser was opened for. */
export const administratorView = z.object({
  holder: z.object({ id: z.string(), displayName: z.string(), profession: z.string() }),
  means: z.enum(allMeans),
  roles: z.array(z.enum(consoleRoles)),
  workstationName: z.string(),
  demonstration: z.boolean(),
  brokerVersion: z.string(),
});
export type AdministratorView = z.output<typeof administratorView>;
