import type { Language } from "../../../core/language.ts";

/** The words that people spell with over the phone, from A to Z: the international ones, and each country's. */
const words: Readonly<Record<Language, string>> = {
  fr: "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis Marcel Nicolas Oscar Pierre Quintal Raoul Suzanne Thérèse Ursule Victor William Xavier Yvonne Zoé",
  en: "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu",
  es: "Antonio Barcelona Carmen Dolores Enrique Francia Granada Historia Inés José Kilo Lorenzo Madrid Navarra Oviedo París Queso Ramón Sevilla Toledo Ulises Valencia Washington Xilófono Yegua Zaragoza",
  ca: "Anna Barcelona Carme Dolors Enric França Girona Història Isabel Joan Kilo Lleida Maria Núria Olot Pere Quebec Ramon Sabadell Tarragona Ulisses València Washington Xavier York Zuric",
};

/** How a sign is said; digits are said as they are. */
export function spelledSign(sign: string, language: Language): string {
  const index = sign.charCodeAt(0) - "A".charCodeAt(0);
  return words[language].split(" ")[index] ?? sign;
}
