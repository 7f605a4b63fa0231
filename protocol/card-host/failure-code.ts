import { z } from "zod";
import { type FailureCode, isFailureCode } from "../../core/errors/catalogue.ts";

/** A code of the catalogue, as it travels. */
export const failureCode = z.string().refine((text): text is FailureCode => isFailureCode(text));
