import type { NoticeFacts, NoticeWords } from "./notice-words.ts";

export const fr: NoticeWords = {
  kinds: {
    "fallback-issued": facts =>
      facts.reader === "person"
        ? [
            "Accès temporaire ouvert à votre nom",
            `Le ${facts.at}, l’assistance a ouvert un accès temporaire à votre nom. Il prend fin le ${facts.until}, ou dès que vous vous servez de votre carte.`,
            `Vous n’avez rien demandé ? ${call(facts)}`,
          ]
        : [
            "Accès temporaire ouvert",
            `Le ${facts.at}, l’assistance a ouvert un accès temporaire pour ${facts.person}. Il prend fin le ${facts.until}, ou dès que la carte sert de nouveau.`,
            `Cela vous étonne ? ${call(facts)}`,
          ],
    "fallback-alarm": facts => [
      "Mots de passe essayés sur de nombreux noms",
      `Le ${facts.at}, ${facts.names} noms avaient été refusés en dix minutes. Le dernier essai vient du poste ${facts.workstation} (${facts.place}).`,
      "Quelqu’un essaie peut-être des mots de passe. Le journal, dans la console, montre chaque essai.",
    ],
    "break-glass-used": facts =>
      facts.reader === "person"
        ? [
            "Accès d’urgence ouvert à votre nom",
            `Le ${facts.at}, un accès d’urgence a été ouvert à votre nom au poste ${facts.workstation} (${facts.place}). Il prend fin le ${facts.until}.`,
            `Ce n’était pas vous ? ${call(facts)}`,
          ]
        : [
            "Accès d’urgence ouvert",
            `Le ${facts.at}, un accès d’urgence a été ouvert au nom de ${facts.person} au poste ${facts.workstation} (${facts.place}). Il prend fin le ${facts.until}.`,
            "Le motif est dans la console, où cet accès attend d’être relu.",
          ],
  },
  greeting: name => `Bonjour ${name},`,
  closing: "Ce message part automatiquement. Personne ne vous demande de mot de passe ou de code PIN par courriel.",
};

function call({ phone }: NoticeFacts): string {
  return phone === undefined ? "Appelez l’assistance." : `Appelez l’assistance : ${phone}.`;
}
