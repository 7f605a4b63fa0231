import { z } from "zod";
import { glassWords } from "../../core/break-glass/break-glass.ts";
import { view } from "./view.ts";

const digits = z.array(z.number().int().min(48).max(57)).max(16);

/** Agent to window. The first message is a snapshot; each change is the members of the view that changed. */
export const toWindow = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), view }),
  z.object({ type: z.literal("changed"), revision: z.number(), changes: view.omit({ revision: true }).partial() }),
]);
export type ToWindow = z.infer<typeof toWindow>;

/**
 * Window to agent: what the person wants. An intent that does not fit the present state changes nothing. `submit-pin` and
 * `submit-new-pin` are the messages of the window that carry a PIN: digits, each as the character code of an ASCII digit.
 */
export const intent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("submit-pin"), question: z.number(), pin: digits }),
  /** From the cover: somebody has no card with him. */
  z.object({ type: z.literal("sign-in-by-phone") }),
  z.object({ type: z.literal("submit-identifier"), question: z.number(), identifier: z.string().max(40) }),
  /** From the cover: a password of the helpdesk, or of the directory, in place of the card. */
  z.object({ type: z.literal("sign-in-by-password") }),
  /** The message that carries the password: its bytes, UTF-8. */
  z.object({
    type: z.literal("submit-password"),
    question: z.number(),
    who: z.string().min(1).max(100),
    password: z.array(z.number().int().min(0).max(255)).max(512),
  }),
  /** The code of an authenticator application. */
  z.object({ type: z.literal("submit-code"), question: z.number(), code: digits }),
  z.object({ type: z.literal("use-security-key"), question: z.number() }),
  /** From the cover: an emergency, and no card that works. */
  z.object({ type: z.literal("sign-in-by-break-glass") }),
  z.object({
    type: z.literal("submit-break-glass"),
    question: z.number(),
    who: z.string().min(1).max(100),
    kind: z.string().max(40),
    words: z.string().max(glassWords.longest),
  }),
  /** From the portal: an application that opens in an emergency only; the PIN is asked for next. */
  z.object({
    type: z.literal("break-glass"),
    application: z.string().max(100),
    kind: z.string().max(40),
    words: z.string().max(glassWords.longest),
  }),
  z.object({ type: z.literal("end-break-glass") }),
  /** From the portal: change the PIN. From the refusal of a blocked card: unblock it. */
  z.object({ type: z.literal("renew-pin") }),
  /** `secret`: the PIN so far, or the unblocking code. */
  z.object({ type: z.literal("submit-new-pin"), question: z.number(), secret: digits, newPin: digits }),
  z.object({ type: z.literal("confirm-last-try") }),
  z.object({ type: z.literal("cancel") }),
  /** Start again with the card that is in the reader: after a cancel, a lock or a refusal. */
  z.object({ type: z.literal("wake") }),
  z.object({ type: z.literal("launch"), application: z.string().max(100) }),
  z.object({ type: z.literal("mark-favourite"), application: z.string().max(100), favourite: z.boolean() }),
  /** From the portal: to choose another activity. */
  z.object({ type: z.literal("change-activity") }),
  z.object({ type: z.literal("choose-activity"), activity: z.string().max(100) }),
  /** Somebody uses the window; sent about once a second at most. */
  z.object({ type: z.literal("stir") }),
  z.object({ type: z.literal("lock") }),
  z.object({ type: z.literal("end-session") }),
  z.object({ type: z.literal("dismiss-receipt") }),
]);
export type Intent = z.infer<typeof intent>;
