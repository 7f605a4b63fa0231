/** French words of the console's compliance page: what each framework asks, and how it is answered here. */
export const complianceFr = {
  text: "Ce que demandent les référentiels, et ce que les réglages en vigueur y répondent à cet instant. Une aide pour l’audit, pas une certification.",
  read: "Lu sur le serveur",
  filter: "Filtrer par état",
  all: "Tout {{count}}",
  states: { met: "Satisfait", partly: "En partie", "not-met": "Non satisfait", hospital: "À l’établissement" },
  frameworks: {
    asvs: "OWASP ASVS 5.0.0 – V6, V7, V16",
    hipaa: "HIPAA – 45 CFR 164.312",
    "pgssi-s": "PGSSI-S",
    cnil: "CNIL",
  },
  number: "Exigence",
  asks: "Demande",
  answer: "Réponse",
  state: "État",
  evidence: "Preuves",
  noneSo: "Aucune exigence n’est dans cet état.",
  facts: {
    administrators: "Administrateurs",
    "auditors-alone": "Auditeurs sans autre rôle",
    "back-channel": "Applications prévenues de la fin",
    "break-glass-length": "Un accès d’urgence dure",
    "break-glass-permits": "Règles qui ouvrent en urgence",
    "break-glass-places": "Lieux avec accès d’urgence",
    "break-glass-review": "À relire sous",
    "browser-origin": "Adresse pour les navigateurs",
    "cards-expiring": "Cartes qui expirent sous 90 jours",
    "cards-lost": "Cartes déclarées perdues",
    checklist: "Points de vérification",
    "checkpoint-file": "Point de contrôle gardé ailleurs",
    "checkpoint-seconds": "Point de contrôle signé toutes les",
    demonstration: "Mode démonstration",
    "directory-passwords": "Mots de passe de l’annuaire",
    "directory-required": "Annuaire obligatoire",
    "directory-sources": "Sources de l’annuaire",
    exports: "Exports continus",
    families: "Familles de cartes",
    federation: "Confirmation sur téléphone",
    "free-tries": "Essais avant une pause",
    grace: "Retour sans PIN, selon le lieu",
    identifiers: "Identifiants gardés par une clé",
    idle: "Masqué quand personne ne l’utilise, par lieu (– : lieux sans)",
    "longest-access": "Accès temporaire le plus long",
    "longest-pause": "Pause la plus longue",
    means: "Moyens offerts",
    "nameless-after": "Mois avant que la trace ne nomme plus",
    "not-sealed": "Enregistrements pas encore scellés",
    "notices-of-alarms": "Adresses prévenues d’une alarme",
    "notices-to-person": "Accès annoncés par courriel à la personne",
    "pin-minutes": "PIN redemandé après",
    "places-outside": "Lieux hors de l’établissement",
    policies: "Règles en vigueur",
    profiles: "Accès temporaires offerts",
    records: "Enregistrements",
    retention: "Mois gardés par le serveur",
    revocation: "Sources de révocation à jour",
    "second-person": "Profils à deux personnes",
    "session-hours": "Durée maximale d’une session",
    "trust-document": "Document de confiance signé",
    "without-card": "Lieux avec accès d’urgence sans carte",
    "workstation-tries": "Essais par poste en 5 minutes",
  },
  items: {
    "asvs-throttling": {
      asks: "Freiner les essais de mots de passe, sans enfermer personne.",
      how: "Pauses croissantes par nom, par compte, par poste et au total ; alarme sur les essais de nombreux noms. Personne n’est bloqué pour de bon. Le code PIN est compté par la carte.",
    },
    "asvs-pathways": {
      asks: "Documenter tous les chemins d’authentification et leur force.",
      how: "Chaque moyen a un niveau, visible à l’écran, dans la trace et dans chaque règle ; sans règle, rien ne s’ouvre.",
    },
    "asvs-defaults": {
      asks: "Aucun compte par défaut.",
      how: "Il n’y en a pas : les administrateurs sont des titulaires nommés, connectés par carte. Le mode démonstration accepte des cartes d’essai.",
    },
    "asvs-mfa": {
      asks: "Deux facteurs, dont un matériel contre l’hameçonnage.",
      how: "La carte et son PIN. Hors de l’établissement, tout chemin demande une seconde preuve. Dedans, un mot de passe temporaire, celui de l’annuaire et l’accès d’urgence sans carte n’en ont qu’une : durée, lieux et applications réduits. Un téléphone n’est pas une carte.",
    },
    "asvs-notified": {
      asks: "Prévenir la personne des essais suspects et des changements de ses accès.",
      how: "Un accès temporaire ou un changement de seconde preuve est annoncé à la prochaine connexion par carte ; un accès temporaire ou d’urgence l’est aussi par courriel, si les avis sont configurés. Les alarmes vont à des adresses fixes. Les essais refusés sont dans la trace, pas annoncés à la personne.",
    },
    "asvs-enumeration": {
      asks: "Ne pas laisser deviner qui existe.",
      how: "Une seule réponse, en un temps égal, quoi qui ne convienne pas dans le nom ou le mot de passe. L’accès d’urgence sans carte laisse entrer qui est connu : peu d’essais, puis une pause et une alarme.",
    },
    "asvs-temporary": {
      asks: "Secrets initiaux aléatoires et de courte durée.",
      how: "69 bits tirés par le serveur, montrés une fois, pour un temps et un nombre de connexions.",
    },
    "asvs-questions": {
      asks: "Pas de questions secrètes.",
      how: "Le logiciel n’en pose pas. Les points que vérifie l’assistance sont ceux de l’établissement : préférez le rappel à la question.",
    },
    "asvs-renewal": {
      asks: "Annoncer à temps les moyens qui expirent.",
      how: "L’assistance voit les cartes qui expirent sous 90 jours. La personne elle-même n’est pas encore prévenue.",
    },
    "asvs-lost": {
      asks: "Révoquer un moyen volé ou perdu.",
      how: "Une carte déclarée perdue est refusée à l’instant, sans attendre la liste de révocation. L’assistance retire un téléphone ou une clé perdus.",
    },
    "asvs-anchors": {
      asks: "Protéger les certificats de confiance contre les modifications.",
      how: "Un document signé, dont la version ne recule jamais. Sans document signé, c’est la configuration du serveur qui fait foi.",
    },
    "asvs-challenge": {
      asks: "Un défi d’au moins 64 bits, unique.",
      how: "256 bits, une fois, une minute ; liés au serveur, au poste et au but.",
    },
    "asvs-lifetime": {
      asks: "Documenter et limiter la durée des sessions.",
      how: "Une durée absolue pour toutes, et par lieu le temps où la carte seule suffit au retour.",
    },
    "asvs-tokens": {
      asks: "Des jetons aléatoires, vérifiés par le serveur, renouvelés à chaque connexion.",
      how: "128 bits au moins ; chaque preuve donne un nouveau siège, et l’ancien ne vaut plus rien.",
    },
    "asvs-inactivity": {
      asks: "Une fin après inactivité.",
      how: "Le retrait de la carte verrouille aussitôt. Carte restée dans le lecteur, ou sans carte : l’écran est masqué quand personne n’a utilisé le poste pendant la durée fixée par son lieu, après un avertissement ; le code est alors demandé, sauf si le retour sans code du lieu dure plus longtemps.",
    },
    "asvs-end": {
      asks: "La fin de session vaut aussi pour les applications.",
      how: "Les applications sont prévenues (back-channel logout), et le navigateur du siège est effacé.",
    },
    "asvs-leavers": {
      asks: "Fermer les sessions d’un compte désactivé.",
      how: "Dès que l’annuaire le dit, la session se termine où qu’elle soit. Sans annuaire obligatoire, une carte inconnue entre.",
    },
    "asvs-admin-end": {
      asks: "Un administrateur peut terminer une session.",
      how: "L’assistance la termine depuis la page du titulaire ou En direct, avec un motif.",
    },
    "asvs-own-session": {
      asks: "Chacun voit et termine ses sessions.",
      how: "Une seule session par personne ; la carte la ramène, et son bandeau la termine.",
    },
    "asvs-step-up": {
      asks: "S’authentifier de nouveau avant un acte sensible.",
      how: "Tout ce qui donne ou retire dans la console demande un PIN récent ; les applications peuvent l’exiger aussi.",
    },
    "asvs-log-inventory": {
      asks: "Documenter ce qui est tracé, où, et combien de temps.",
      how: "La liste des actes, leur forme, les exports et leur conservation sont documentés.",
    },
    "asvs-log-content": {
      asks: "Tracer qui, quand, où, par quel moyen, accepté ou refusé.",
      how: "Chaque acte a un enregistrement, écrit avant son effet ; CSV, FHIR et syslog le rendent.",
    },
    "asvs-log-time": {
      asks: "Des horloges synchronisées, en temps universel.",
      how: "Les temps sont en UTC. La synchronisation des serveurs est celle de l’établissement.",
    },
    "asvs-log-protected": {
      asks: "Une trace que personne ne modifie.",
      how: "Chaîne de hachage et points de contrôle signés, gardés par chaque poste. Un point de contrôle ou un export ailleurs protège aussi de l’administrateur du serveur.",
    },
    "asvs-log-apart": {
      asks: "Envoyer la trace à un système séparé.",
      how: "Par syslog sur TLS ou FHIR, en continu, si un export est configuré.",
    },
    "asvs-messages": {
      asks: "Ne rien révéler d’interne dans les messages.",
      how: "Un code du catalogue et une référence ; le détail reste au serveur.",
    },
    "asvs-fail-closed": {
      asks: "En cas de panne, rester fermé.",
      how: "Sans trace, pas de session ; sans données de révocation, la règle du domaine décide, et la trace le dit.",
    },
    "hipaa-unique": {
      asks: "Un identifiant unique par utilisateur.",
      how: "L’identifiant national de la carte ; ses anciens numéros mènent à la même personne.",
    },
    "hipaa-emergency": {
      asks: "Une procédure d’accès en urgence.",
      how: "L’accès d’urgence : un motif, quelques minutes, annoncé aussitôt, relu par une autre personne ; les règles disent ce qu’il ouvre. La procédure écrite est à l’établissement.",
    },
    "hipaa-logoff": {
      asks: "Déconnexion automatique.",
      how: "Au retrait de la carte, quand personne n’a utilisé le poste pendant la durée fixée par son lieu, et à la durée maximale.",
    },
    "hipaa-at-rest": {
      asks: "Chiffrer les données de santé conservées.",
      how: "Wardkey n’en garde pas ; sa base contient des identités : chiffrez le disque du serveur.",
    },
    "hipaa-audit": {
      asks: "Enregistrer et examiner l’activité.",
      how: "La trace, sa recherche, ses rapports et ses exports.",
    },
    "hipaa-integrity": {
      asks: "Protéger de l’altération.",
      how: "Pour ce que Wardkey conserve : la trace se vérifie, octet par octet.",
    },
    "hipaa-person": {
      asks: "Vérifier que la personne est celle qu’elle dit.",
      how: "Une signature de la carte à chaque connexion ; les autres moyens ont un niveau plus bas, visible. L’accès d’urgence sans carte est un nom que rien ne prouve : l’écran et la trace le disent.",
    },
    "hipaa-transmission": {
      asks: "Protéger les transmissions.",
      how: "TLS 1.3 mutuel entre postes et serveur. Pour les navigateurs, l’adresse doit être en https.",
    },
    "pgssi-s-identification": {
      asks: "Identifier les professionnels par des moyens reconnus (CPS, e-CPS).",
      how: "La carte CPS et, si configuré, Pro Santé Connect. L’accès temporaire, le mot de passe de l’annuaire et l’accès d’urgence sont des modes dégradés, limités et tracés. Le mode démonstration accepte des cartes d’essai.",
    },
    "pgssi-s-imputability": {
      asks: "Imputer chaque action à une personne, avec une preuve.",
      how: "Chaque enregistrement nomme personne, moyen, poste et lieu ; une preuve d’inclusion se donne à un tiers. Un nom que rien n’a prouvé est marqué comme déclaré.",
    },
    "cnil-log-retention": {
      asks: "Conserver les journaux entre six mois et un an, sauf besoin justifié.",
      how: "Les mois écoulés vont dans une archive et quittent le serveur après le délai réglé ; c’est à l’établissement de supprimer l’archive. Si les identifiants sont gardés par une clé, sa fin ne laisse le nom de personne ; les noms saisis comme motif restent.",
    },
    "cnil-log-use": {
      asks: "N’utiliser les journaux que pour la sécurité, par des personnes désignées.",
      how: "Chaque recherche, export et rapport est enregistré. Un auditeur sans autre rôle sépare le contrôle de l’exploitation.",
    },
    "cnil-passwords": {
      asks: "Des mots de passe assez forts, bien conservés, freinés.",
      how: "Mots de passe temporaires : 69 bits, argon2id, pauses croissantes. Là où compte celui de l’annuaire, sa force est celle de l’annuaire : il est vérifié par TLS, jamais conservé.",
    },
    "cnil-rights": {
      asks: "Gérer les habilitations : le moindre privilège, revu chaque année.",
      how: "Les règles refusent par défaut et s’expliquent ; la revue annuelle est à l’établissement.",
    },
  },
};
