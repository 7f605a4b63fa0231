import type { FailureCode } from "../../core/errors/catalogue.ts";
import { consoleFr } from "./console-fr.ts";

/** What the holder reads of a failure: what it is, what happened, what to do. */
export interface FailureWords {
  readonly title: string;
  readonly text: string;
  readonly action: string;
}

const callHelpdesk = "Appelez l’assistance si cela se répète.";

const failures: Record<FailureCode, FailureWords> = {
  "reader-service-stopped": {
    title: "Lecteur indisponible",
    text: "Le service des lecteurs de cartes ne répond pas.",
    action: "Il redémarre de lui-même ; patientez quelques secondes.",
  },
  "reader-access-denied": {
    title: "Lecteur non autorisé",
    text: "Ce poste n’a pas le droit d’utiliser le lecteur.",
    action: "Appelez l’assistance.",
  },
  "reader-missing": {
    title: "Aucun lecteur",
    text: "Aucun lecteur de cartes n’est branché.",
    action: "Branchez le lecteur, ou utilisez un autre poste.",
  },
  "reader-unavailable": {
    title: "Lecteur débranché",
    text: "Le lecteur a disparu pendant l’utilisation de la carte.",
    action: "Rebranchez le lecteur, puis insérez la carte.",
  },
  "reader-without-pin-pad": {
    title: "Lecteur sans clavier",
    text: "Le code devait être saisi sur le lecteur, qui n’a pas de clavier.",
    action: "Réinsérez votre carte.",
  },
  "card-in-use": {
    title: "Carte occupée",
    text: "Un autre logiciel utilise la carte.",
    action: "Fermez cet autre logiciel, puis réinsérez la carte.",
  },
  "card-host-lost": {
    title: "Lecture interrompue",
    text: "La lecture des cartes a redémarré.",
    action: "Réinsérez votre carte.",
  },
  "module-refused": {
    title: "Logiciel de carte refusé",
    text: "Ce poste n’a pas le droit d’utiliser le logiciel de votre carte.",
    action: "Appelez l’assistance.",
  },
  "module-unusable": {
    title: "Logiciel de carte absent",
    text: "Le logiciel de votre carte ne démarre pas.",
    action: "Appelez l’assistance.",
  },
  "module-lost": {
    title: "Lecture interrompue",
    text: "Le logiciel de votre carte s’est arrêté.",
    action: "Réinsérez votre carte.",
  },
  "card-removed": {
    title: "Carte retirée",
    text: "La carte a été retirée trop tôt.",
    action: "Réinsérez-la et laissez-la dans le lecteur.",
  },
  "sign-in-abandoned": {
    title: "Carte retirée",
    text: "La carte a été retirée pendant la saisie du code.",
    action: "Réinsérez-la pour ouvrir votre session.",
  },
  "answer-too-late": {
    title: "Carte retirée",
    text: "La carte a été retirée avant l’ouverture de la session.",
    action: "Réinsérez-la et laissez-la dans le lecteur.",
  },
  "card-reset": {
    title: "Carte interrompue",
    text: "Un autre logiciel a réinitialisé la carte.",
    action: "Réinsérez votre carte.",
  },
  "card-mute": {
    title: "Carte illisible",
    text: "La puce ne répond pas : carte à l’envers, ou contacts sales.",
    action: "Retournez la carte, essuyez la puce, réessayez.",
  },
  "card-too-slow": {
    title: "Carte trop lente",
    text: "La carte n’a pas répondu à temps.",
    action: "Réinsérez-la, ou essayez un autre lecteur.",
  },
  "card-unknown": {
    title: "Carte inconnue",
    text: "Cette carte n’est pas une carte professionnelle connue ici.",
    action: "Utilisez votre carte professionnelle.",
  },
  "card-answer-malformed": {
    title: "Carte illisible",
    text: "La carte donne des réponses incompréhensibles.",
    action: "Essayez un autre lecteur, puis appelez l’assistance.",
  },
  "card-refused-command": {
    title: "Carte non coopérative",
    text: "La carte a refusé l’opération.",
    action: `Réinsérez la carte. ${callHelpdesk}`,
  },
  "card-without-certificate": {
    title: "Carte sans certificat",
    text: "Cette carte ne contient pas de certificat de connexion.",
    action: "Appelez l’assistance.",
  },
  "card-without-pin": {
    title: "Carte sans code",
    text: "Cette carte, ou cette face de la carte, n’a pas de code.",
    action: "Insérez la carte dans le lecteur à contact.",
  },
  "pin-wrong": {
    title: "Code refusé",
    text: "La carte n’a pas reconnu ce code.",
    action: "Retapez votre code, lentement.",
  },
  "pin-blocked": {
    title: "Carte bloquée",
    text: "Il n’y a plus d’essai possible : le code de cette carte est bloqué.",
    action: "Débloquez la carte, ou demandez un accès temporaire à l’assistance.",
  },
  "pin-malformed": {
    title: "Code incomplet",
    text: "Ce code n’a pas la bonne longueur ; la carte n’a pas été interrogée.",
    action: "Retapez votre code.",
  },
  "pin-entry-cancelled": {
    title: "Saisie annulée",
    text: "La saisie a été annulée sur le clavier du lecteur.",
    action: "Réinsérez votre carte pour vous connecter.",
  },
  "pin-entry-timed-out": {
    title: "Aucun code saisi",
    text: "Rien n’a été saisi sur le clavier du lecteur.",
    action: "Réinsérez votre carte pour vous connecter.",
  },
  "unblocking-code-wrong": {
    title: "Code de déblocage refusé",
    text: "La carte n’a pas reconnu ce code de déblocage.",
    action: "Comparez avec le courrier reçu avec votre carte.",
  },
  "unblocking-code-blocked": {
    title: "Carte impossible à débloquer",
    text: "Il n’y a plus d’essai pour le code de déblocage.",
    action: "Commandez une nouvelle carte ; l’assistance peut ouvrir un accès temporaire.",
  },
  "card-signature-wrong": {
    title: "Carte non authentique",
    text: "La carte n’a pas prouvé ce que dit son certificat.",
    action: "Réinsérez la carte une fois, puis appelez l’assistance.",
  },
  "certificate-expired": {
    title: "Carte périmée",
    text: "La validité de cette carte est dépassée.",
    action: "Commandez une nouvelle carte ; l’assistance peut ouvrir un accès temporaire.",
  },
  "certificate-not-yet-valid": {
    title: "Carte pas encore valable",
    text: "La carte commence à être valable plus tard.",
    action: "Appelez l’assistance.",
  },
  "certificate-revoked": {
    title: "Carte révoquée",
    text: "Cette carte a été déclarée inutilisable.",
    action: "Rendez-la, et demandez un accès temporaire à l’assistance.",
  },
  "certificate-untrusted": {
    title: "Carte non reconnue",
    text: "Cette carte ne vient pas d’une autorité acceptée ici.",
    action: "Utilisez votre carte professionnelle, ou appelez l’assistance.",
  },
  "certificate-wrong-purpose": {
    title: "Carte inadaptée",
    text: "Le certificat de cette carte ne sert pas à ouvrir une session.",
    action: "Appelez l’assistance.",
  },
  "certificate-malformed": {
    title: "Carte illisible",
    text: "Le certificat de cette carte ne peut pas être lu.",
    action: "Appelez l’assistance.",
  },
  "revocation-unknown": {
    title: "Carte non vérifiable",
    text: "On ne peut pas savoir si cette carte est encore valable.",
    action: "Appelez l’assistance : les listes de révocation sont à renouveler.",
  },
  "identity-missing": {
    title: "Carte non nominative",
    text: "Cette carte ne désigne pas une personne.",
    action: "Utilisez votre carte personnelle.",
  },
  "card-not-nominative": {
    title: "Carte de service",
    text: "Cette carte appartient à un service, pas à une personne.",
    action: "Utilisez votre carte personnelle.",
  },
  "card-for-testing": {
    title: "Carte d’essai",
    text: "Cette carte ne sert qu’aux essais.",
    action: "Utilisez votre carte professionnelle.",
  },
  "card-family-not-allowed": {
    title: "Carte non admise",
    text: "Ce type de carte n’ouvre pas de session ici.",
    action: "Appelez l’assistance.",
  },
  "challenge-unknown": {
    title: "Délai dépassé",
    text: "La demande a expiré.",
    action: "Retirez la carte, puis réinsérez-la.",
  },
  "proof-mismatch": {
    title: "Preuve refusée",
    text: "La réponse de la carte ne correspond pas à la demande.",
    action: `Réinsérez la carte. ${callHelpdesk}`,
  },
  "proof-signature-wrong": {
    title: "Carte non authentique",
    text: "Cette carte ne possède pas la clé de son certificat : c’est peut-être une copie.",
    action: "Remettez-la à l’assistance.",
  },
  "step-up-cancelled": {
    title: "Code non saisi",
    text: "L’application demandait à nouveau votre code ; vous avez annulé.",
    action: "Rouvrez l’application pour recommencer.",
  },
  "step-up-timed-out": {
    title: "Code non saisi à temps",
    text: "L’application demandait à nouveau votre code ; elle n’attend plus.",
    action: "Rouvrez l’application pour recommencer.",
  },
  "step-up-unknown": {
    title: "Demande terminée",
    text: "L’application n’attend plus votre code.",
    action: "Rouvrez l’application pour recommencer.",
  },
  "step-up-seat-left": {
    title: "Carte retirée",
    text: "La session a été couverte avant la saisie du code.",
    action: "Insérez votre carte, puis rouvrez l’application.",
  },
  "step-up-other-card": {
    title: "Carte d’une autre personne",
    text: "Cette carte n’est pas celle de la session ouverte ici.",
    action: "Utilisez la carte qui a ouvert la session.",
  },
  "workstation-away": {
    title: "Poste non relié",
    text: "Le code n’a pas pu être demandé sur ce poste.",
    action: "Réessayez quand le poste est de nouveau relié.",
  },
  "broker-unreachable": {
    title: "Serveur injoignable",
    text: "Le serveur de connexion ne répond pas. Rien n’est perdu.",
    action: "Laissez la carte : la connexion reprendra dès son retour.",
  },
  "broker-untrusted": {
    title: "Serveur non reconnu",
    text: "Le serveur qui répond n’est pas celui de l’établissement.",
    action: "Appelez l’assistance.",
  },
  "broker-answer-malformed": {
    title: "Réponse incompréhensible",
    text: "Le poste et le serveur ne se comprennent pas.",
    action: "Appelez l’assistance.",
  },
  "request-malformed": {
    title: "Demande incompréhensible",
    text: "Le poste et le serveur ne se comprennent pas.",
    action: "Appelez l’assistance.",
  },
  "workstation-unknown": {
    title: "Poste non enregistré",
    text: "Ce poste n’est pas enregistré auprès du serveur.",
    action: "Utilisez un autre poste, et prévenez l’assistance.",
  },
  "enrolment-code-wrong": {
    title: "Code d’enregistrement refusé",
    text: "Ce code est inconnu, déjà utilisé ou trop ancien.",
    action: "Demandez-en un nouveau.",
  },
  "trail-unavailable": {
    title: "Connexion suspendue",
    text: "Le journal ne peut pas être écrit ; aucune session ne s’ouvre.",
    action: "Prévenez l’assistance.",
  },
  "trail-record-unsealed": {
    title: "Preuve pas encore disponible",
    text: "Cet enregistrement n’est pas encore couvert par un point de contrôle signé.",
    action: "Réessayez dans une minute.",
  },
  "session-unknown": {
    title: "Session terminée",
    text: "Cette session est terminée ou se trouve ailleurs.",
    action: "Insérez votre carte pour vous connecter.",
  },
  "application-not-entitled": {
    title: "Application non autorisée",
    text: "Vos droits n’ouvrent pas cette application ici.",
    action: "Adressez-vous au responsable de l’application.",
  },
  "console-role-missing": {
    title: "Rôle manquant",
    text: "Votre rôle ne donne pas accès à cette partie de la console.",
    action: "Adressez-vous à l’administrateur de Wardkey.",
  },
  "saml-message-refused": {
    title: "Connexion refusée",
    text: "L’application a fait une demande que Wardkey n’accepte pas.",
    action: "Indiquez le nom de l’application au support.",
  },
  "changed-meanwhile": {
    title: "Modifié entre-temps",
    text: "Quelqu’un d’autre a modifié ceci pendant que vous le regardiez. Rien n’a été fait.",
    action: "Regardez l’état présent, et refaites la modification.",
  },
  "house-refused": {
    title: "Modification refusée",
    text: "La modification ne tient pas. Ce qui était en vigueur le reste.",
    action: "Voyez les défauts, et corrigez-les.",
  },
  "request-foreign": {
    title: "Demande étrangère",
    text: "Une demande ne vient pas de la page de la console.",
    action: "Rouvrez la console depuis le portail.",
  },
  "activity-not-chosen": {
    title: "Activité à choisir",
    text: "Vous avez plusieurs activités ; rien ne s’ouvre avant que l’une soit choisie.",
    action: "Choisissez votre activité.",
  },
  "activity-not-registered": {
    title: "Activité terminée",
    text: "Cette activité ne figure plus à l’annuaire.",
    action: "Choisissez-en une autre, ou demandez à l’assistance.",
  },
  "favourites-full": {
    title: "Trop de favoris",
    text: "Le nombre de favoris est limité.",
    action: "Retirez d’abord un favori.",
  },
  "application-not-started": {
    title: "Application non démarrée",
    text: "Le poste n’a pas pu ouvrir cette application.",
    action: `Réessayez. ${callHelpdesk}`,
  },
  "revocation-source-unreachable": {
    title: "Vérification impossible",
    text: "L’autorité des cartes ne répond pas.",
    action: "Appelez l’assistance.",
  },
  "revocation-data-unreadable": {
    title: "Vérification impossible",
    text: "L’autorité des cartes répond de façon illisible.",
    action: "Appelez l’assistance.",
  },
  "federation-identifier-malformed": {
    title: "Numéro non reconnu",
    text: "Ce n’est pas un numéro RPPS : il a 11 chiffres.",
    action: "Vérifiez le numéro et recommencez.",
  },
  "federation-refused": {
    title: "Non confirmé",
    text: "Votre identité n’a pas été confirmée sur votre téléphone.",
    action: "Recommencez, téléphone en main.",
  },
  "federation-unreachable": {
    title: "Service indisponible",
    text: "Le service qui confirme votre identité ne répond pas.",
    action: "Utilisez votre carte, ou appelez l’assistance.",
  },
  "sign-in-throttled": {
    title: "Trop d’essais",
    text: "Trop de demandes en peu de temps pour cette personne ou sur ce poste.",
    action: "Attendez quelques minutes.",
  },
  "directory-source-unreachable": {
    title: "Annuaire injoignable",
    text: "Une source de l’annuaire ne répond pas.",
    action: "Appelez l’assistance.",
  },
  "directory-data-unreadable": {
    title: "Annuaire illisible",
    text: "Une source de l’annuaire répond de façon illisible.",
    action: "Appelez l’assistance.",
  },
  "directory-request-refused": {
    title: "Annuaire refusé",
    text: "Un serveur de l’annuaire refuse ce qui lui est demandé.",
    action: "Appelez l’assistance.",
  },
  "directory-shrunk": {
    title: "Annuaire non repris",
    text: "Une source de l’annuaire a perdu trop de personnes d’un coup.",
    action: "Appelez l’assistance.",
  },
  "scim-tokens-unreadable": {
    title: "Annuaire non repris",
    text: "Personne ne peut alimenter l’annuaire pour le moment.",
    action: "Appelez l’assistance.",
  },
  "holder-disabled": {
    title: "Accès retiré",
    text: "L’annuaire de l’établissement ne vous autorise plus à ouvrir une session.",
    action: "Demandez à l’assistance.",
  },
  "holder-not-in-directory": {
    title: "Absent de l’annuaire",
    text: "L’annuaire de l’établissement ne vous connaît pas.",
    action: "Demandez à l’assistance de vous y inscrire.",
  },
  "trust-bundle-refused": {
    title: "Réglages de confiance refusés",
    text: "Les nouveaux réglages de confiance ne sont pas acceptés.",
    action: "Appelez l’assistance.",
  },
  "settings-malformed": {
    title: "Réglages illisibles",
    text: "Les réglages de ce poste ne peuvent pas être lus.",
    action: "Appelez l’assistance.",
  },
  internal: {
    title: "Défaut du logiciel",
    text: "Quelque chose d’imprévu s’est produit. Rien ne s’est ouvert.",
    action: `Réinsérez la carte. ${callHelpdesk}`,
  },
};

/** French: the language that every other has to match, member by member. */
export const fr = {
  language: { name: "Français", choose: "Langue" },
  theme: { night: "Mode nuit", day: "Mode jour" },
  demonstration: "Démonstration : cartes d’essai, patients fictifs",
  helpdesk: "Assistance {{phone}}",
  connection: { connecting: "Connexion au serveur…", disconnected: "Serveur injoignable" },
  reader: {
    empty: "Lecteur prêt",
    "card-in": "Carte dans le lecteur",
    "no-reader": "Aucun lecteur",
  },
  cover: {
    invitation: "Insérez votre carte",
    hint: "Votre session vous suit d’un poste à l’autre.",
    finished: "Retirez la carte, ou continuez avec elle",
    wake: "Continuer avec cette carte",
    noReader: "Branchez le lecteur de cartes",
    lost: "Ce poste se prépare…",
  },
  covered: {
    title: "Poste verrouillé",
    whose: "Session de {{name}}",
    back: "Réinsérez la carte, ici ou sur un autre poste : la session vous attend.",
    graceLeft: "Sans code pendant encore {{time}}",
    graceOver: "Le code sera demandé au retour",
  },
  phone: {
    link: "Sans carte : {{federation}}",
    who: "Votre numéro RPPS",
    hint: "11 chiffres. Votre téléphone sonnera ensuite ; rien ne s’ouvre sans lui.",
    label: "Numéro RPPS ou identifiant national",
    ask: "Continuer",
    look: "Confirmez sur votre téléphone",
    compare: "Le même numéro doit s’y afficher. S’il est différent, refusez.",
  },
  working: {
    reading: "Lecture de la carte…",
    asking: "Vérification de la carte…",
    proving: "La carte signe…",
    opening: "Ouverture de la session…",
    keep: "Laissez la carte dans le lecteur",
  },
  pin: {
    title: "Votre code",
    askedBy: "« {{application}} » demande à nouveau votre code",
    label: "Code de la carte, {{count}} chiffres saisis",
    triesLeft_one: "Dernier essai",
    triesLeft_other: "{{count}} essais possibles",
    confirm: "Valider",
    confirmAgain: "Valider",
    clear: "Effacer",
    erase: "Corriger",
    cancel: "Annuler",
    notYou: "Ce n’est pas vous ? Retirez la carte.",
    lastTry: {
      title: "Il reste un seul essai",
      text: "Un code faux bloquera la carte. En cas de doute, appelez l’assistance.",
      confirm: "Je suis sûr de mon code",
      textOfCode: "Un code de déblocage faux rendra la carte inutilisable. En cas de doute, appelez l’assistance.",
      confirmCode: "Je suis sûr du code de déblocage",
    },
    onReader: {
      type: "Tapez votre code sur le lecteur",
      how: "Validez avec la touche verte du lecteur.",
      again: "Taper le code sur le lecteur",
    },
  },
  pinCare: {
    change: {
      title: "Changer de code",
      secret: "Code actuel",
      hint: "Choisissez un code que personne ne devine ; il n’est connu que de la carte.",
    },
    unblock: {
      title: "Débloquer la carte",
      secret: "Code de déblocage",
      hint: "Le code de déblocage figure sur le courrier reçu avec votre carte.",
    },
    newPin: "Nouveau code",
    again: "Nouveau code, encore une fois",
    next: "Suivant",
    done: "Enregistrer",
    close: "Fermer",
    differ: { title: "Les deux codes diffèrent", text: "Choisissez à nouveau ; la carte n’a pas été modifiée." },
  },
  activity: {
    title: "Sous quelle activité travaillez-vous ici ?",
    titleChange: "Changer d’activité",
    hint: "Ce lieu s’en souviendra ; vous pourrez changer à tout moment.",
    present: "En cours",
    last: "Choisie la dernière fois",
    closes: "Changer ferme {{applications}} : ce qui n’y est pas enregistré sera perdu.",
    working: "Activité en cours d’enregistrement…",
    back: "Garder l’activité en cours",
    lock: "Verrouiller",
    end: "Terminer",
  },
  portal: {
    means: {
      "card-pin": "Carte et code",
      "card-presence": "Carte",
      "card-seen": "Carte vue",
      federated: "Téléphone",
      "temporary-password": "Accès temporaire",
      "break-glass": "Urgence",
    },
    left: "Encore {{time}}",
    lock: "Verrouiller",
    changePin: "Mon code",
    end: "Terminer",
    search: "Chercher une application",
    open: "Ouverte",
    opening: "Ouverture…",
    notByThisMeans: "Avec carte et code seulement",
    notHereNow: "Pas ici ou pas maintenant",
    others: "Autres applications",
    favourites: "Favoris",
    all: "Applications",
    found: "Applications trouvées",
    recent: "Récemment ouvertes",
    elsewhere: "Était ouverte sur {{workstation}}",
    mark: "Mettre {{name}} en favori",
    unmark: "Retirer {{name}} des favoris",
    changeActivity: "Changer d’activité : {{activity}}",
    none: "Aucune application ne correspond à « {{text}} »",
    empty: "Aucune application n’est ouverte à votre profession sur ce poste.",
    notYou: "Ce n’est pas vous ?",
    endQuestion: "Terminer la session ?",
    endText: "Les applications ouvertes ici seront fermées.",
    stay: "Rester",
  },
  receipt: {
    "moved-away": "La session de {{holder}} continue sur {{to}}",
    "resumed-here": "Session reprise depuis {{from}}",
    "resumed-applications": "Avec : {{applications}}",
    "unlocked-here": "Content de vous revoir : tout est comme vous l’avez laissé",
    ended: "La session de {{holder}} est terminée",
    expired: "La session de {{holder}} est arrivée à son terme",
    withdrawn: "L’établissement a retiré l’accès de {{holder}}",
    "person-changed": "La session de {{holder}} l’attend sur un autre poste",
    "pin-changed": "Nouveau code enregistré",
    "pin-unblocked": "Carte débloquée : connectez-vous avec le nouveau code",
    dismiss: "Fermer ce message",
  },
  trouble: {
    unblock: "Débloquer la carte",
    details: "Pour l’assistance : {{code}}",
    remove: "Retirez la carte",
    again: "Réessayer",
    close: "Fermer",
    toldNo: "« {{application}} » n’a pas eu votre code. Votre session reste ouverte.",
    tries_one: "Reste 1 essai",
    tries_other: "Restent {{count}} essais",
    tries_zero: "Plus d’essai",
  },
  console: consoleFr,
  failures,
};

/** The shape that each language fills. */
export type Words = typeof fr;
