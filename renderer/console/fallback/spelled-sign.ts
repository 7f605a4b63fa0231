/** How a sign is said over the phone: the international spelling alphabet, and the French one. Digits are said as they are. */
const words: Readonly<Record<string, string>> = {
  fr: "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis Marcel Nicolas Oscar Pierre Quintal Raoul Suzanne Thérèse Ursule Victor William Xavier Yvonne Zoé",
  en: "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu",
};

export function spelledSign(sign: string, language: string): string {
  const index = sign.charCodeAt(0) - "A".charCodeAt(0);
  return (words[language] ?? words["en"] ?? "").split(" ")[index] ?? sign;
}
