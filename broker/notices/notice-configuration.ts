import { z } from "zod";
import { firstLanguage, languageCodes } from "../../core/language.ts";
import type { Notice } from "./notice.ts";

const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

const server = z
  .strictObject({
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535).default(587),
    /** `starttls`: encrypted before anything is said, or nothing is; `tls`: from the first byte (port 465); `clear`: on loopback only. */
    security: z.enum(["starttls", "tls", "clear"]).default("starttls"),
    /** PEM of the authorities of the server's certificate; absent: those that Node comes with. */
    authorities: z.string().optional(),
    /** Who we are to the server, where it asks; the password is the first line of the file. */
    account: z.strictObject({ user: z.string().min(1), passwordFile: z.string() }).optional(),
  })
  .refine(({ host, security }) => security !== "clear" || loopback.test(host), {
    path: ["security"],
    message: "“clear” is for a mail server on this machine: names would cross the network as they are",
  });
export type MailServerConfiguration = z.output<typeof server>;

/** Fixed addresses, such as those of a security desk. */
const addresses = z.array(z.email()).max(20).default([]);

/** Who is told of something that happened to a person. */
const rule = z.strictObject({
  /** The person, at the mail address that the directory brings. */
  holder: z.boolean().default(true),
  /** The person's manager, as the directory names one. */
  manager: z.boolean().default(false),
  addresses,
});
export type NoticeRule = z.output<typeof rule>;

const rules = z.strictObject({
  "fallback-issued": rule.prefault({}),
  "fallback-alarm": z.strictObject({ addresses }).prefault({}),
  "break-glass-used": rule.prefault({}),
} satisfies Record<Notice["kind"], unknown>);

/** Notices by mail (docs/operations.md); absent: nobody is sent any. */
export const noticeConfiguration = z.strictObject({
  server,
  /** The address that they come from. */
  from: z.email(),
  /** Of who reads them, where the directory does not say. */
  language: z.enum(languageCodes).default(firstLanguage),
  /** A notice that could not be sent for so long is given up, and stands in the trail. */
  giveUpHours: z.number().min(1).max(168).default(24),
  rules: rules.prefault({}),
});
export type NoticeConfiguration = z.output<typeof noticeConfiguration>;

/** The same with whole paths. */
export function noticesFrom(notices: NoticeConfiguration, from: (path: string) => string): NoticeConfiguration {
  const { authorities, account } = notices.server;
  return {
    ...notices,
    server: {
      ...notices.server,
      ...(authorities === undefined ? {} : { authorities: from(authorities) }),
      ...(account === undefined ? {} : { account: { ...account, passwordFile: from(account.passwordFile) } }),
    },
  };
}
