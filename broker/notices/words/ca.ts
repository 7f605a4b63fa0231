import type { NoticeFacts, NoticeWords } from "./notice-words.ts";

/** No sentence needs an article before a day (el 2, l’1), nor a “de” before a name (de Joan, d’Anna): both depend on what follows. */
export const ca: NoticeWords = {
  kinds: {
    "fallback-issued": facts =>
      facts.reader === "person"
        ? [
            "Accés temporal obert a nom vostre",
            `Amb data ${facts.at}, suport ha obert un accés temporal a nom vostre. Final previst: ${facts.until}, o tan bon punt feu servir la targeta.`,
            `No l’heu demanat vós? ${call(facts)}`,
          ]
        : [
            "Accés temporal obert",
            `Amb data ${facts.at}, suport ha obert un accés temporal per a ${facts.person}. Final previst: ${facts.until}, o tan bon punt es torni a fer servir la targeta.`,
            `Us sorprèn? ${call(facts)}`,
          ],
    "fallback-alarm": facts => [
      "Contrasenyes provades amb molts noms",
      `Amb data ${facts.at}, s’havien refusat ${facts.names} noms en deu minuts. L’últim intent ve de l’estació ${facts.workstation} (${facts.place}).`,
      "Potser algú prova contrasenyes. El registre d’auditoria, a la consola, mostra cada intent.",
    ],
    "break-glass-used": facts =>
      facts.reader === "person"
        ? [
            "Accés d’emergència obert a nom vostre",
            `Amb data ${facts.at}, s’ha obert un accés d’emergència a nom vostre a l’estació ${facts.workstation} (${facts.place}). Final previst: ${facts.until}.`,
            `No éreu vós? ${call(facts)}`,
          ]
        : [
            "Accés d’emergència obert",
            `Amb data ${facts.at}, s’ha obert un accés d’emergència a nom d’aquesta persona: ${facts.person}. Estació: ${facts.workstation} (${facts.place}). Final previst: ${facts.until}.`,
            "El motiu és a la consola, on aquest accés espera la revisió.",
          ],
  },
  greeting: name => `Bon dia, ${name},`,
  closing: "Aquest missatge s’envia automàticament. Ningú no us demana cap contrasenya ni cap PIN per correu.",
};

function call({ phone }: NoticeFacts): string {
  return phone === undefined ? "Truqueu a suport." : `Truqueu a suport: ${phone}.`;
}
