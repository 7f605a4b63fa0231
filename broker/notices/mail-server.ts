import { readFile } from "node:fs/promises";
import { createTransport } from "nodemailer";
import type { QueuedNotice } from "../store/notice-table.ts";
import type { MailServerConfiguration, NoticeConfiguration } from "./notice-configuration.ts";

/** How a try to send came out. `refused`: the server will never take it (RFC 5321 4.2.1, 5yz); `failed`: it may, later. */
export type MailOutcome =
  | { readonly outcome: "accepted" }
  | { readonly outcome: "refused" | "failed"; readonly detail: string };

/** Where notices are handed over. */
export interface MailServer {
  /** Never rejects. */
  send(notice: QueuedNotice): Promise<MailOutcome>;
}

const answerMs = 15_000;

/** A mail server by SMTP (RFC 5321): one conversation a mail, within TLS whose certificate is checked (RFC 8314, RFC 3207). */
export function smtpServer({ server, from }: Pick<NoticeConfiguration, "server" | "from">): MailServer {
  return {
    async send({ id, address, subject, text, queuedAt }) {
      try {
        const transport = createTransport(await optionsOf(server));
        try {
          await transport.sendMail({
            messageId: `<${id}@${from.slice(from.indexOf("@") + 1)}>`,
            date: new Date(queuedAt),
            from: { name: "Wardkey", address: from },
            to: { name: "", address },
            envelope: { from, to: [address] },
            subject,
            text,
            // So that no absence note answers (RFC 3834).
            headers: { "Auto-Submitted": "auto-generated" },
          });
        } finally {
          transport.close();
        }
        return { outcome: "accepted" };
      } catch (problem) {
        return outcomeOf(problem, address);
      }
    },
  };
}

/** Files are read at every try, so that a changed password or authority counts without a restart. */
async function optionsOf({ host, port, security, authorities, account }: MailServerConfiguration) {
  const [password = ""] = account === undefined ? [] : (await readFile(account.passwordFile, "utf8")).split(/\r?\n/, 1);
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "clear",
    tls: {
      minVersion: "TLSv1.2" as const,
      ...(authorities === undefined ? {} : { ca: await readFile(authorities, "utf8") }),
    },
    ...(account === undefined ? {} : { auth: { user: account.user, pass: password } }),
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: answerMs,
    dnsTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Only what the server says of this mail, or of its address, is for good; that it does not let us in is the house's to mend. */
function outcomeOf(problem: unknown, address: string): MailOutcome {
  const { code, responseCode, message } = problem as { code?: string; responseCode?: number; message?: string };
  const isOfMail = code === "EENVELOPE" || code === "EMESSAGE";
  const isForGood = isOfMail && responseCode !== undefined && responseCode >= 500;
  // Servers repeat the address, or the part before its @, and neither log nor trail is to name it.
  const mailbox = address.slice(0, address.lastIndexOf("@")).toLowerCase();
  const detail = (message ?? String(problem))
    .replaceAll(/\S+@\S+/g, "(address)")
    .replaceAll(/[^\s<>()[\]"',;:]+/g, word => (word.toLowerCase() === mailbox ? "(address)" : word))
    .replaceAll(/\s+/g, " ")
    .slice(0, 200);
  return { outcome: isForGood ? "refused" : "failed", detail };
}
