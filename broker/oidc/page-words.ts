import type { ServerResponse } from "node:http";
import { firstLanguage, type Language, spokenLanguage } from "../../core/language.ts";

/** What the plain pages of the web door say. `name`: an application's, ready to stand in HTML. */
interface PageWords {
  readonly insertCard: string;
  readonly fromPortal: string;
  readonly next: string;
  readonly typePin: string;
  pinAskedBy(name: string): string;
  leave(name: string): string;
  leaveQuestion(name: string): string;
  readonly leaveOnly: string;
  left(name: string): string;
  readonly leftText: string;
  readonly nothingToLeave: string;
  readonly nothingText: string;
}

const fr: PageWords = {
  insertCard: "Insérez votre carte sur ce poste",
  fromPortal: "Cette application s’ouvre depuis le portail, carte insérée.",
  next: "Continuer",
  typePin: "Tapez votre code dans la fenêtre Wardkey de ce poste",
  pinAskedBy: name => `« ${name} » demande à nouveau votre code. Cette page continue d’elle-même.`,
  leave: name => `Quitter ${name}`,
  leaveQuestion: name => `Quitter ${name} ?`,
  leaveOnly: "Seule cette application se ferme. Votre session reste ouverte sur ce poste tant que votre carte y est.",
  left: name => `${name} : vous êtes déconnecté`,
  leftText: "Le portail peut la rouvrir. Retirez votre carte en partant.",
  nothingToLeave: "Rien à quitter",
  nothingText:
    "Aucune application n’a demandé à se fermer. Pour finir votre session, retirez votre carte ou utilisez le portail.",
};

const en: PageWords = {
  insertCard: "Insert your card at this workstation",
  fromPortal: "This application opens from the portal, with your card in.",
  next: "Continue",
  typePin: "Type your PIN on the Wardkey window of this workstation",
  pinAskedBy: name => `“${name}” asks for your PIN again. This page goes on by itself.`,
  leave: name => `Sign out of ${name}`,
  leaveQuestion: name => `Sign out of ${name}?`,
  leaveOnly: "Only this application closes. Your session stays open here as long as your card is in.",
  left: name => `${name}: you are signed out`,
  leftText: "The portal can open it again. Take your card when you leave.",
  nothingToLeave: "Nothing to sign out of",
  nothingText: "No application asked to be signed out. To end your session, take your card or use the portal.",
};

const es: PageWords = {
  insertCard: "Inserte su tarjeta en este puesto",
  fromPortal: "Esta aplicación se abre desde el portal, con la tarjeta insertada.",
  next: "Continuar",
  typePin: "Teclee su PIN en la ventana de Wardkey de este puesto",
  pinAskedBy: name => `«${name}» vuelve a pedir su PIN. Esta página continúa sola.`,
  leave: name => `Salir de ${name}`,
  leaveQuestion: name => `¿Salir de ${name}?`,
  leaveOnly: "Solo se cierra esta aplicación. Su sesión sigue abierta en este puesto mientras su tarjeta esté en él.",
  left: name => `${name}: ha salido`,
  leftText: "El portal puede volver a abrirla. Retire su tarjeta al irse.",
  nothingToLeave: "Nada de lo que salir",
  nothingText: "Ninguna aplicación ha pedido cerrarse. Para terminar su sesión, retire su tarjeta o use el portal.",
};

const ca: PageWords = {
  insertCard: "Inseriu la targeta en aquesta estació",
  fromPortal: "Aquesta aplicació s’obre des del portal, amb la targeta inserida.",
  next: "Continua",
  typePin: "Escriviu el PIN a la finestra de Wardkey d’aquesta estació",
  pinAskedBy: name => `«${name}» torna a demanar el PIN. Aquesta pàgina continua sola.`,
  leave: name => `Surt de ${name}`,
  leaveQuestion: name => `Voleu sortir de ${name}?`,
  leaveOnly:
    "Només es tanca aquesta aplicació. La sessió continua oberta en aquesta estació mentre hi hagi la targeta.",
  left: name => `${name}: n’heu sortit`,
  leftText: "El portal la pot tornar a obrir. Traieu la targeta quan marxeu.",
  nothingToLeave: "No hi ha res d’on sortir",
  nothingText: "Cap aplicació no ha demanat tancar-se. Per acabar la sessió, traieu la targeta o feu servir el portal.",
};

const words: Readonly<Record<Language, PageWords>> = { fr, en, es, ca };

/** In the language that the browser asks for: a seat's browser asks for the workstation's. */
export function pageWordsFor(wanted: string | undefined): { readonly language: Language; readonly words: PageWords } {
  const language = spokenLanguage(wanted) ?? firstLanguage;
  return { language, words: words[language] };
}

/** Who is answered is who asked. */
export function pageWords({ req }: ServerResponse): ReturnType<typeof pageWordsFor> {
  return pageWordsFor(req.headers["accept-language"]);
}
