import type { complianceFr } from "./compliance-fr.ts";

/** Spanish words of the console's compliance page: what each framework asks, and how it is answered here. */
export const complianceEs: typeof complianceFr = {
  text: "Lo que piden los marcos de referencia y lo que responden a ello, en este momento, los ajustes en vigor. Una ayuda para la auditoría, no una certificación.",
  read: "Leído en el servidor",
  filter: "Filtrar por estado",
  all: "Todo {{count}}",
  states: { met: "Se cumple", partly: "En parte", "not-met": "No se cumple", hospital: "Toca al hospital" },
  frameworks: {
    asvs: "OWASP ASVS 5.0.0 – V6, V7, V16",
    hipaa: "HIPAA – 45 CFR 164.312",
    "pgssi-s": "PGSSI-S",
    cnil: "CNIL",
  },
  number: "Requisito",
  asks: "Pide",
  answer: "Respuesta",
  state: "Estado",
  evidence: "Evidencias",
  noneSo: "Ningún requisito está en este estado.",
  facts: {
    administrators: "Administradores",
    "auditors-alone": "Auditores sin otro rol",
    "back-channel": "Aplicaciones avisadas del fin",
    "break-glass-length": "Un acceso de emergencia dura",
    "break-glass-permits": "Reglas que abren por emergencia",
    "break-glass-places": "Lugares con acceso de emergencia",
    "break-glass-review": "Por revisar antes de",
    "browser-origin": "Dirección para los navegadores",
    "cards-expiring": "Tarjetas que caducan en 90 días",
    "cards-lost": "Tarjetas dadas por perdidas",
    checklist: "Puntos de comprobación",
    "checkpoint-file": "Punto de control guardado en otro sitio",
    "checkpoint-seconds": "Punto de control firmado cada",
    demonstration: "Modo de demostración",
    "directory-passwords": "Contraseñas del directorio",
    "directory-required": "Directorio obligatorio",
    "directory-sources": "Fuentes del directorio",
    exports: "Exportaciones continuas",
    families: "Familias de tarjetas",
    federation: "Confirmación en el teléfono",
    "free-tries": "Intentos antes de una pausa",
    grace: "Vuelta sin PIN, según el lugar",
    identifiers: "Identificadores protegidos con una clave",
    idle: "Pantalla oculta si nadie la usa, por lugar (–: lugares sin ello)",
    "longest-access": "Acceso temporal más largo",
    "longest-pause": "Pausa más larga",
    means: "Medios ofrecidos",
    "nameless-after": "Meses hasta que el registro ya no nombra",
    "not-sealed": "Entradas aún sin sellar",
    "notices-of-alarms": "Direcciones avisadas de una alarma",
    "notices-to-person": "Accesos comunicados por correo a la persona",
    "pin-minutes": "PIN pedido de nuevo tras",
    "places-outside": "Lugares fuera del hospital",
    policies: "Reglas en vigor",
    profiles: "Accesos temporales ofrecidos",
    records: "Entradas",
    retention: "Meses guardados por el servidor",
    revocation: "Fuentes de revocación al día",
    "second-person": "Perfiles con dos personas",
    "session-hours": "Duración máxima de una sesión",
    "trust-document": "Documento de confianza firmado",
    "without-card": "Lugares con acceso de emergencia sin tarjeta",
    "workstation-tries": "Intentos por puesto en 5 minutos",
  },
  items: {
    "asvs-throttling": {
      asks: "Frenar los intentos de contraseña sin dejar a nadie fuera.",
      how: "Pausas crecientes por nombre, por cuenta, por puesto y en total; alarma si se prueban muchos nombres. Nadie queda bloqueado para siempre. El PIN lo cuenta la tarjeta.",
    },
    "asvs-pathways": {
      asks: "Documentar todas las vías de autenticación y su fuerza.",
      how: "Cada medio tiene un nivel, visible en la pantalla, en el registro y en cada regla; sin regla, no se abre nada.",
    },
    "asvs-defaults": {
      asks: "Ninguna cuenta por defecto.",
      how: "No hay ninguna: los administradores son titulares con nombre que entran con tarjeta. El modo de demostración acepta tarjetas de prueba.",
    },
    "asvs-mfa": {
      asks: "Dos factores, uno de ellos físico y resistente a la suplantación.",
      how: "La tarjeta y su PIN. Fuera del hospital, toda vía pide una segunda prueba. Dentro, una contraseña temporal, la del directorio y el acceso de emergencia sin tarjeta solo tienen una: duración, lugares y aplicaciones limitados. Un teléfono no es una tarjeta.",
    },
    "asvs-notified": {
      asks: "Avisar a la persona de intentos sospechosos y de cambios en sus accesos.",
      how: "Un acceso temporal o un cambio de la segunda prueba se comunica en el siguiente inicio de sesión con tarjeta; un acceso temporal o de emergencia, también por correo, si los avisos están configurados. Las alarmas van a direcciones fijas. Los intentos rechazados están en el registro; no se comunican a la persona.",
    },
    "asvs-enumeration": {
      asks: "No dejar adivinar quién existe.",
      how: "Una sola respuesta, en el mismo tiempo, falle lo que falle en el nombre o la contraseña. El acceso de emergencia sin tarjeta deja entrar a quien es conocido: pocos intentos, después una pausa y una alarma.",
    },
    "asvs-temporary": {
      asks: "Secretos iniciales aleatorios y de corta vida.",
      how: "69 bits generados por el servidor, mostrados una vez, por un tiempo y un número de inicios de sesión.",
    },
    "asvs-questions": {
      asks: "Sin preguntas secretas.",
      how: "El programa no hace ninguna. Los puntos que comprueba soporte son los del hospital: prefiera devolver la llamada a preguntar.",
    },
    "asvs-renewal": {
      asks: "Anunciar a tiempo los medios que caducan.",
      how: "Soporte ve las tarjetas que caducan en 90 días. A la propia persona aún no se le avisa.",
    },
    "asvs-lost": {
      asks: "Revocar un medio robado o perdido.",
      how: "Una tarjeta dada por perdida se rechaza al instante, sin esperar a la lista de revocación. Soporte retira un teléfono o una llave perdidos.",
    },
    "asvs-anchors": {
      asks: "Proteger los certificados de confianza contra modificaciones.",
      how: "Un documento firmado cuya versión nunca retrocede. Sin documento firmado, manda la configuración del servidor.",
    },
    "asvs-challenge": {
      asks: "Un reto de al menos 64 bits, único.",
      how: "256 bits, una vez, un minuto; ligados al servidor, al puesto y al fin.",
    },
    "asvs-lifetime": {
      asks: "Documentar y limitar la duración de las sesiones.",
      how: "Una duración absoluta para todas y, por lugar, el tiempo en que basta la tarjeta para volver.",
    },
    "asvs-tokens": {
      asks: "Testigos aleatorios, verificados por el servidor, renovados en cada inicio de sesión.",
      how: "128 bits como mínimo; cada prueba da un nuevo sitio y el anterior ya no vale nada.",
    },
    "asvs-inactivity": {
      asks: "Un fin tras la inactividad.",
      how: "Al retirar la tarjeta se bloquea al instante. Con la tarjeta en el lector, o sin tarjeta, la pantalla se oculta cuando nadie ha usado el puesto durante el tiempo que fija su lugar, tras un aviso; entonces se pide el PIN, salvo que la vuelta sin PIN del lugar dure más.",
    },
    "asvs-end": {
      asks: "El fin de la sesión vale también para las aplicaciones.",
      how: "Se avisa a las aplicaciones (back-channel logout) y se borra el navegador del puesto.",
    },
    "asvs-leavers": {
      asks: "Cerrar las sesiones de una cuenta desactivada.",
      how: "En cuanto el directorio lo dice, la sesión termina esté donde esté. Sin directorio obligatorio, una tarjeta desconocida entra.",
    },
    "asvs-admin-end": {
      asks: "Un administrador puede terminar una sesión.",
      how: "Soporte la termina desde la página del titular o desde En directo, con un motivo.",
    },
    "asvs-own-session": {
      asks: "Cada persona ve y termina sus sesiones.",
      how: "Una sola sesión por persona; la tarjeta la trae de vuelta y su barra la termina.",
    },
    "asvs-step-up": {
      asks: "Volver a autenticarse antes de un acto delicado.",
      how: "Todo lo que da o quita en la consola pide un PIN reciente; las aplicaciones también pueden exigirlo.",
    },
    "asvs-log-inventory": {
      asks: "Documentar qué se registra, dónde y cuánto tiempo.",
      how: "La lista de actos, su forma, las exportaciones y su conservación están documentadas.",
    },
    "asvs-log-content": {
      asks: "Registrar quién, cuándo, dónde, por qué medio, aceptado o rechazado.",
      how: "Cada acto tiene una entrada, escrita antes de su efecto; CSV, FHIR y syslog la entregan.",
    },
    "asvs-log-time": {
      asks: "Relojes sincronizados, en tiempo universal.",
      how: "Las horas están en UTC. La sincronización de los servidores toca al hospital.",
    },
    "asvs-log-protected": {
      asks: "Un registro que nadie modifica.",
      how: "Cadena de resúmenes y puntos de control firmados, guardados por cada puesto. Un punto de control o una exportación en otro sitio protege también frente al administrador del servidor.",
    },
    "asvs-log-apart": {
      asks: "Enviar el registro a un sistema separado.",
      how: "Por syslog sobre TLS o FHIR, de forma continua, si hay una exportación configurada.",
    },
    "asvs-messages": {
      asks: "No revelar nada interno en los mensajes.",
      how: "Un código del catálogo y una referencia; el detalle se queda en el servidor.",
    },
    "asvs-fail-closed": {
      asks: "Ante un fallo, quedar cerrado.",
      how: "Sin registro no hay sesión; sin datos de revocación decide la regla del dominio, y el registro lo dice.",
    },
    "hipaa-unique": {
      asks: "Un identificador único por usuario.",
      how: "El identificador nacional de la tarjeta; sus números anteriores llevan a la misma persona.",
    },
    "hipaa-emergency": {
      asks: "Un procedimiento de acceso de emergencia.",
      how: "El acceso de emergencia: un motivo, unos minutos, comunicado al momento, revisado por otra persona; las reglas dicen qué abre. El procedimiento escrito toca al hospital.",
    },
    "hipaa-logoff": {
      asks: "Cierre de sesión automático.",
      how: "Al retirar la tarjeta, cuando nadie ha usado el puesto durante el tiempo que fija su lugar, y al llegar a la duración máxima.",
    },
    "hipaa-at-rest": {
      asks: "Cifrar los datos de salud guardados.",
      how: "Wardkey no guarda ninguno; su base contiene identidades: cifre el disco del servidor.",
    },
    "hipaa-audit": {
      asks: "Registrar y examinar la actividad.",
      how: "El registro, su búsqueda, sus informes y sus exportaciones.",
    },
    "hipaa-integrity": {
      asks: "Proteger contra la alteración.",
      how: "Para lo que Wardkey guarda: el registro se verifica, byte a byte.",
    },
    "hipaa-person": {
      asks: "Verificar que la persona es quien dice ser.",
      how: "Una firma de la tarjeta en cada inicio de sesión; los demás medios tienen un nivel más bajo, visible. El acceso de emergencia sin tarjeta es un nombre que nada prueba: la pantalla y el registro lo dicen.",
    },
    "hipaa-transmission": {
      asks: "Proteger las transmisiones.",
      how: "TLS 1.3 mutuo entre puestos y servidor. Para los navegadores, la dirección debe ser https.",
    },
    "pgssi-s-identification": {
      asks: "Identificar a los profesionales con medios reconocidos (CPS, e-CPS).",
      how: "La tarjeta CPS y, si está configurado, Pro Santé Connect. El acceso temporal, la contraseña del directorio y el acceso de emergencia son modos degradados, limitados y registrados. El modo de demostración acepta tarjetas de prueba.",
    },
    "pgssi-s-imputability": {
      asks: "Atribuir cada acción a una persona, con una prueba.",
      how: "Cada entrada nombra persona, medio, puesto y lugar; se puede dar a un tercero una prueba de inclusión. Un nombre que nada ha probado se marca como declarado.",
    },
    "cnil-log-retention": {
      asks: "Conservar los registros entre seis meses y un año, salvo necesidad justificada.",
      how: "Los meses pasados van a un archivo y dejan el servidor tras el plazo fijado; eliminar el archivo toca al hospital. Si los identificadores están protegidos con una clave, su fin no deja el nombre de nadie; los nombres escritos como motivo permanecen.",
    },
    "cnil-log-use": {
      asks: "Usar los registros solo para la seguridad, por personas designadas.",
      how: "Cada búsqueda, exportación e informe queda registrado. Un auditor sin otro rol separa el control de la explotación.",
    },
    "cnil-passwords": {
      asks: "Contraseñas bastante fuertes, bien guardadas, con freno.",
      how: "Contraseñas temporales: 69 bits, argon2id, pausas crecientes. Donde cuenta la del directorio, su fuerza es la del directorio: se comprueba por TLS y nunca se guarda.",
    },
    "cnil-rights": {
      asks: "Gestionar los permisos: el mínimo privilegio, revisado cada año.",
      how: "Las reglas rechazan por defecto y se explican; la revisión anual toca al hospital.",
    },
  },
};
