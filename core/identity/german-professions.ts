/**
 * Professions of German health professionals' cards, by profession OID of the admission extension (gematik, gemSpec_OID). An
 * unknown OID is shown as it is.
 */
export const germanProfessions: Readonly<Record<string, string>> = {
  "1.2.276.0.76.4.30": "Ärztin/Arzt",
  "1.2.276.0.76.4.31": "Zahnärztin/Zahnarzt",
  "1.2.276.0.76.4.32": "Apotheker/-in",
  "1.2.276.0.76.4.33": "Apothekerassistent/-in",
  "1.2.276.0.76.4.34": "Pharmazieingenieur/-in",
  "1.2.276.0.76.4.45": "Psychotherapeut/-in",
  "1.2.276.0.76.4.46": "Psychologische/-r Psychotherapeut/-in",
  "1.2.276.0.76.4.47": "Kinder- und Jugendlichenpsychotherapeut/-in",
  "1.2.276.0.76.4.48": "Rettungsassistent/-in",
  "1.2.276.0.76.4.178": "Notfallsanitäter/-in",
};
