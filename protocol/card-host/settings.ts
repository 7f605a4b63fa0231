import { z } from "zod";

/** A maker's PKCS#11 module that the card host may load. Only what is listed is ever loaded. */
const pkcs11Module = z
  .object({
    /** Absolute, of a file and folders that nobody but the administrator can change. */
    path: z.string().min(1),
    /** Part of the family's name for its cards, `pkcs11-NAME`. */
    name: z.string().regex(/^[a-z0-9-]{1,30}$/),
    /** Makers' own modules are asked before those for every card; within a rank the order of the list counts. */
    rank: z.enum(["vendor", "general"]).default("vendor"),
    /**
     * Cards whose ATR has this form go to the module before our own driver is asked: bytes in hexadecimal, `..` for any. Where no
     * form is given, and for every other card, the module is asked where no driver of ours knows the card.
     */
    atrs: z.array(z.string().regex(/^([0-9a-f]{2}|\.\.)( ([0-9a-f]{2}|\.\.))*$/i)).default([]),
    /** The same for all cards in readers whose name contains one of these. */
    readers: z.array(z.string().min(1)).default([]),
    /**
     * True where the module takes the holder's unblocking code (PUK) as the security officer's PIN. With other modules that PIN
     * is an administrator's, and holders must not use up its tries.
     */
    unblocks: z.boolean().default(false),
  })
  .strict();
export type Pkcs11ModuleSettings = z.infer<typeof pkcs11Module>;

/** What an administrator decides of the readers of a workstation; handed to the card host when it starts. */
export const cardHostSettings = z.object({
  /** True where readers announce keys that they do not have, or that people are not to use. */
  ignorePinPad: z.boolean().default(false),
  pkcs11Modules: z.array(pkcs11Module).max(16).default([]),
});
export type CardHostSettings = z.infer<typeof cardHostSettings>;
