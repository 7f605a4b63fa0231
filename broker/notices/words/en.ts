import type { NoticeFacts, NoticeWords } from "./notice-words.ts";

export const en: NoticeWords = {
  kinds: {
    "fallback-issued": facts =>
      facts.reader === "person"
        ? [
            "Temporary access opened in your name",
            `On ${facts.at} the helpdesk opened a temporary access in your name. It ends on ${facts.until}, or as soon as you use your card.`,
            `You did not ask for it? ${call(facts)}`,
          ]
        : [
            "Temporary access opened",
            `On ${facts.at} the helpdesk opened a temporary access for ${facts.person}. It ends on ${facts.until}, or as soon as the card is used again.`,
            `Does that surprise you? ${call(facts)}`,
          ],
    "fallback-alarm": facts => [
      "Passwords tried on many names",
      `By ${facts.at}, ${facts.names} names had been refused within ten minutes. The last try came from workstation ${facts.workstation} (${facts.place}).`,
      "Somebody may be trying passwords out. The trail, in the console, shows every try.",
    ],
    "break-glass-used": facts =>
      facts.reader === "person"
        ? [
            "Emergency access opened in your name",
            `On ${facts.at} an emergency access was opened in your name at workstation ${facts.workstation} (${facts.place}). It ends on ${facts.until}.`,
            `That was not you? ${call(facts)}`,
          ]
        : [
            "Emergency access opened",
            `On ${facts.at} an emergency access was opened in the name of ${facts.person} at workstation ${facts.workstation} (${facts.place}). It ends on ${facts.until}.`,
            "The reason stands in the console, where this access waits to be reviewed.",
          ],
  },
  greeting: name => `Dear ${name},`,
  closing: "This message is sent automatically. Nobody asks you for a password or a PIN by mail.",
};

function call({ phone }: NoticeFacts): string {
  return phone === undefined ? "Call the helpdesk." : `Call the helpdesk: ${phone}.`;
}
