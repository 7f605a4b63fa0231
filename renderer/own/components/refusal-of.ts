import { asFailure } from "../../../core/errors/failure.ts";
import type { Refusal } from "./refusal.tsx";

/** What the browser throws of a key says nothing that a person could use (WebAuthn Level 3, section 14.5.2). */
export function refusalOf(problem: unknown): Refusal {
  return problem instanceof DOMException ? "key-not-used" : asFailure(problem).code;
}
