import { z } from "zod";
import { Failure } from "../../core/errors/failure.ts";

/** What was sent, where it fits its schema. Throws `request-malformed`. */
export function fitting<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const parsed = schema.safeParse(sent);
  if (!parsed.success) throw new Failure("request-malformed", { detail: z.prettifyError(parsed.error) });
  return parsed.data;
}
