import type { complianceFr } from "./compliance-fr.ts";

/** Catalan words of the console's compliance page: what each framework asks, and how it is answered here. */
export const complianceCa: typeof complianceFr = {
  text: "Què demanen els marcs normatius i què hi responen ara mateix els paràmetres en vigor. Una ajuda per a l’auditoria, no una certificació.",
  read: "Llegit al servidor",
  filter: "Filtra per estat",
  all: "Tots {{count}}",
  states: { met: "Complert", partly: "En part", "not-met": "No complert", hospital: "A càrrec de l’hospital" },
  frameworks: {
    asvs: "OWASP ASVS 5.0.0 – V6, V7, V16",
    hipaa: "HIPAA – 45 CFR 164.312",
    "pgssi-s": "PGSSI-S",
    cnil: "CNIL",
  },
  number: "Requisit",
  asks: "Demana",
  answer: "Resposta",
  state: "Estat",
  evidence: "Evidències",
  noneSo: "No hi ha cap requisit en aquest estat.",
  facts: {
    administrators: "Administradors",
    "auditors-alone": "Auditors sense cap altre rol",
    "back-channel": "Aplicacions avisades del final",
    "break-glass-length": "Un accés d’emergència dura",
    "break-glass-permits": "Polítiques que obren en emergència",
    "break-glass-places": "Ubicacions amb accés d’emergència",
    "break-glass-review": "Termini per revisar-lo",
    "browser-origin": "Adreça per als navegadors",
    "cards-expiring": "Targetes que caduquen abans de 90 dies",
    "cards-lost": "Targetes declarades perdudes",
    checklist: "Punts de comprovació",
    "checkpoint-file": "Punt de control desat en un altre lloc",
    "checkpoint-seconds": "Punt de control signat cada",
    demonstration: "Mode de demostració",
    "directory-passwords": "Contrasenyes del directori",
    "directory-required": "Directori obligatori",
    "directory-sources": "Fonts del directori",
    exports: "Exportacions contínues",
    families: "Famílies de targetes",
    federation: "Confirmació al telèfon",
    "free-tries": "Intents abans d’una pausa",
    grace: "Retorn sense PIN, segons la ubicació",
    identifiers: "Identificadors protegits amb una clau",
    idle: "Pantalla amagada si ningú no la fa servir, per ubicació (–: ubicacions sense)",
    "longest-access": "Accés temporal més llarg",
    "longest-pause": "Pausa més llarga",
    means: "Mitjans oferts",
    "nameless-after": "Mesos fins que les entrades ja no identifiquen ningú",
    "not-sealed": "Entrades encara no segellades",
    "notices-of-alarms": "Adreces avisades d’una alarma",
    "notices-to-person": "Accessos comunicats per correu a la persona",
    "pin-minutes": "El PIN es torna a demanar al cap de",
    "places-outside": "Ubicacions fora de l’hospital",
    policies: "Polítiques en vigor",
    profiles: "Accessos temporals oferts",
    records: "Entrades",
    retention: "Mesos que conserva el servidor",
    revocation: "Fonts de revocació al dia",
    "second-person": "Perfils amb dues persones",
    "session-hours": "Durada màxima d’una sessió",
    "trust-document": "Document de confiança signat",
    "without-card": "Ubicacions amb accés d’emergència sense targeta",
    "workstation-tries": "Intents per estació en 5 minuts",
  },
  items: {
    "asvs-throttling": {
      asks: "Frenar els intents d’endevinar contrasenyes sense deixar ningú fora.",
      how: "Pauses creixents per nom, per compte, per estació i en total; alarma si es proven molts noms. Ningú no queda bloquejat per sempre. Els intents del PIN, els compta la targeta.",
    },
    "asvs-pathways": {
      asks: "Documentar tots els camins d’autenticació i la seva solidesa.",
      how: "Cada mitjà té un nivell, visible a la pantalla, al registre d’auditoria i per a cada política; sense política no s’obre res.",
    },
    "asvs-defaults": {
      asks: "Cap compte predeterminat.",
      how: "No n’hi ha: els administradors són titulars amb nom, identificats amb targeta. El mode de demostració accepta targetes de prova.",
    },
    "asvs-mfa": {
      asks: "Dos factors, un dels quals físic, contra la pesca de credencials.",
      how: "La targeta i el PIN. Fora de l’hospital, tots els camins demanen una segona verificació. A dins, la contrasenya temporal, la del directori i l’accés d’emergència sense targeta només en tenen una: menys temps, menys ubicacions i menys aplicacions. Un telèfon no és una targeta.",
    },
    "asvs-notified": {
      asks: "Avisar la persona dels intents sospitosos i dels canvis en els seus accessos.",
      how: "Un accés temporal o un canvi de segona verificació s’anuncia en el pròxim inici de sessió amb targeta; un accés temporal o d’emergència, també per correu, si els avisos estan configurats. Les alarmes van a adreces fixes. Els intents rebutjats són al registre d’auditoria; no s’anuncien a la persona.",
    },
    "asvs-enumeration": {
      asks: "No deixar endevinar qui existeix.",
      how: "Una sola resposta, en un temps igual, tant si no coincideix el nom com la contrasenya. L’accés d’emergència sense targeta deixa entrar qui és conegut: pocs intents, després una pausa i una alarma.",
    },
    "asvs-temporary": {
      asks: "Secrets inicials aleatoris i de curta durada.",
      how: "69 bits generats pel servidor, mostrats un sol cop, per a un temps i un nombre d’inicis de sessió.",
    },
    "asvs-questions": {
      asks: "Cap pregunta secreta.",
      how: "El programari no en fa. Els punts que comprova suport són els de l’hospital: millor retornar la trucada que fer preguntes.",
    },
    "asvs-renewal": {
      asks: "Anunciar amb temps els mitjans que caduquen.",
      how: "Suport veu les targetes que caduquen abans de 90 dies. A la persona encara no se l’avisa.",
    },
    "asvs-lost": {
      asks: "Revocar un mitjà robat o perdut.",
      how: "Una targeta declarada perduda es rebutja a l’instant, sense esperar la llista de revocació. Suport dona de baixa un telèfon o una clau perduts.",
    },
    "asvs-anchors": {
      asks: "Protegir de modificacions els certificats de confiança.",
      how: "Un document signat, la versió del qual no retrocedeix mai. Sense document signat, val la configuració del servidor.",
    },
    "asvs-challenge": {
      asks: "Un repte d’almenys 64 bits, únic.",
      how: "256 bits, un sol cop, un minut; lligat al servidor, a l’estació i a la finalitat.",
    },
    "asvs-lifetime": {
      asks: "Documentar i limitar la durada de les sessions.",
      how: "Una durada absoluta per a totes i, per ubicació, el temps en què la targeta sola recupera la sessió.",
    },
    "asvs-tokens": {
      asks: "Testimonis aleatoris, verificats pel servidor i renovats a cada inici de sessió.",
      how: "128 bits com a mínim; cada prova dona un testimoni nou, i l’antic ja no val res.",
    },
    "asvs-inactivity": {
      asks: "Un final per inactivitat.",
      how: "En treure la targeta es bloqueja a l’instant. Amb la targeta al lector, o sense targeta, la pantalla s’amaga quan ningú no ha fet servir l’estació durant el temps que fixa la seva ubicació, després d’un avís; llavors es demana el PIN, llevat que el retorn sense PIN de la ubicació duri més.",
    },
    "asvs-end": {
      asks: "El final de la sessió val també per a les aplicacions.",
      how: "S’avisen les aplicacions (back-channel logout) i s’esborren les dades del navegador de l’estació.",
    },
    "asvs-leavers": {
      asks: "Tancar les sessions d’un compte desactivat.",
      how: "Quan el directori ho diu, la sessió s’acaba allà on sigui. Si el directori no és obligatori, una targeta que no hi consta entra.",
    },
    "asvs-admin-end": {
      asks: "Un administrador pot tancar una sessió.",
      how: "Suport la tanca des de la pàgina del titular o des d’En directe, amb un motiu.",
    },
    "asvs-own-session": {
      asks: "Cadascú veu i tanca les seves sessions.",
      how: "Una sola sessió per persona; la targeta la recupera i la barra superior permet tancar-la.",
    },
    "asvs-step-up": {
      asks: "Tornar-se a autenticar abans d’un acte sensible.",
      how: "Tot el que dona o treu alguna cosa a la consola demana un PIN recent; les aplicacions també el poden exigir.",
    },
    "asvs-log-inventory": {
      asks: "Documentar què es registra, on i durant quant de temps.",
      how: "La llista dels actes, la seva forma, les exportacions i la conservació estan documentades.",
    },
    "asvs-log-content": {
      asks: "Registrar qui, quan, on, per quin mitjà, acceptat o rebutjat.",
      how: "Cada acte té una entrada, escrita abans de tenir efecte; es lliura en CSV, FHIR i syslog.",
    },
    "asvs-log-time": {
      asks: "Rellotges sincronitzats, en temps universal.",
      how: "Les hores són en UTC. La sincronització dels servidors és a càrrec de l’hospital.",
    },
    "asvs-log-protected": {
      asks: "Un registre que ningú no pugui modificar.",
      how: "Cadena de resums criptogràfics i punts de control signats, que cada estació conserva. Un punt de control o una exportació en un altre lloc protegeix també de l’administrador del servidor.",
    },
    "asvs-log-apart": {
      asks: "Enviar el registre a un sistema separat.",
      how: "Per syslog sobre TLS o FHIR, contínuament, si hi ha una exportació configurada.",
    },
    "asvs-messages": {
      asks: "No revelar res d’intern en els missatges.",
      how: "Un codi del catàleg i una referència; el detall es queda al servidor.",
    },
    "asvs-fail-closed": {
      asks: "Si alguna cosa falla, quedar tancat.",
      how: "Sense registre d’auditoria no hi ha sessió; sense dades de revocació decideix la regla del domini, i el registre ho diu.",
    },
    "hipaa-unique": {
      asks: "Un identificador únic per a cada usuari.",
      how: "L’identificador nacional de la targeta; els números anteriors porten a la mateixa persona.",
    },
    "hipaa-emergency": {
      asks: "Un procediment d’accés en cas d’emergència.",
      how: "L’accés d’emergència: un motiu, uns minuts, anunciat de seguida, revisat per una altra persona; les polítiques diuen què obre. El procediment escrit és a càrrec de l’hospital.",
    },
    "hipaa-logoff": {
      asks: "Tancament automàtic de la sessió.",
      how: "En treure la targeta, quan ningú no ha fet servir l’estació durant el temps que fixa la seva ubicació, i en arribar a la durada màxima.",
    },
    "hipaa-at-rest": {
      asks: "Xifrar les dades de salut que es conserven.",
      how: "Wardkey no en conserva; la seva base de dades conté identitats: xifreu el disc del servidor.",
    },
    "hipaa-audit": {
      asks: "Registrar i examinar l’activitat.",
      how: "El registre d’auditoria, amb la cerca, els informes i les exportacions.",
    },
    "hipaa-integrity": {
      asks: "Protegir de l’alteració.",
      how: "Pel que fa al que Wardkey conserva: el registre d’auditoria es verifica byte a byte.",
    },
    "hipaa-person": {
      asks: "Verificar que la persona és qui diu que és.",
      how: "Una signatura de la targeta a cada inici de sessió; els altres mitjans tenen un nivell més baix, visible. L’accés d’emergència sense targeta és un nom que res no prova: la pantalla i el registre d’auditoria ho diuen.",
    },
    "hipaa-transmission": {
      asks: "Protegir les transmissions.",
      how: "TLS 1.3 mutu entre les estacions i el servidor. Per als navegadors, l’adreça ha de ser https.",
    },
    "pgssi-s-identification": {
      asks: "Identificar els professionals amb mitjans reconeguts (CPS, e-CPS).",
      how: "La targeta CPS i, si està configurat, Pro Santé Connect. L’accés temporal, la contrasenya del directori i l’accés d’emergència són modes degradats, limitats i registrats. El mode de demostració accepta targetes de prova.",
    },
    "pgssi-s-imputability": {
      asks: "Atribuir cada acció a una persona, amb una prova.",
      how: "Cada entrada diu la persona, el mitjà, l’estació i la ubicació; es pot donar una prova d’inclusió a un tercer. Un nom que res no ha provat es marca com a declarat.",
    },
    "cnil-log-retention": {
      asks: "Conservar els registres entre sis mesos i un any, llevat de necessitat justificada.",
      how: "Els mesos acabats van a un arxiu i deixen el servidor després del termini fixat; suprimir l’arxiu és a càrrec de l’hospital. Si els identificadors es protegeixen amb una clau, quan la clau es destrueix ja no queda el nom de ningú; els noms escrits com a motiu es mantenen.",
    },
    "cnil-log-use": {
      asks: "Fer servir els registres només per a la seguretat, per persones designades.",
      how: "Cada cerca, exportació i informe queda registrat. Un auditor sense cap altre rol separa el control de l’explotació.",
    },
    "cnil-passwords": {
      asks: "Contrasenyes prou fortes, ben guardades i amb intents frenats.",
      how: "Contrasenyes temporals: 69 bits, argon2id, pauses creixents. On val la del directori, la seva força és la del directori: es verifica per TLS i no es conserva mai.",
    },
    "cnil-rights": {
      asks: "Gestionar els permisos: el mínim privilegi, revisat cada any.",
      how: "Les polítiques deneguen per defecte i es poden explicar; la revisió anual és a càrrec de l’hospital.",
    },
  },
};
