/** What may be the emergency in the demonstration's ward. */
export const emergencyReasons = [
  {
    id: "vital",
    text: { fr: "Urgence vitale", en: "A life is at risk", es: "Urgencia vital", ca: "Urgència vital" },
  },
  {
    id: "continuity",
    text: {
      fr: "Continuité des soins",
      en: "Care has to go on",
      es: "Continuidad asistencial",
      ca: "Continuïtat assistencial",
    },
  },
];
