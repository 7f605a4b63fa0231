import type { NoticeFacts, NoticeWords } from "./notice-words.ts";

export const es: NoticeWords = {
  kinds: {
    "fallback-issued": facts =>
      facts.reader === "person"
        ? [
            "Acceso temporal abierto a su nombre",
            `Soporte abrió un acceso temporal a su nombre el ${facts.at}. Termina el ${facts.until}, o en cuanto use su tarjeta.`,
            `¿No lo ha pedido usted? ${call(facts)}`,
          ]
        : [
            "Acceso temporal abierto",
            `Soporte abrió un acceso temporal para ${facts.person} el ${facts.at}. Termina el ${facts.until}, o en cuanto se vuelva a usar la tarjeta.`,
            `¿Le sorprende? ${call(facts)}`,
          ],
    "fallback-alarm": facts => [
      "Contraseñas probadas con muchos nombres",
      `El ${facts.at} se habían rechazado ${facts.names} nombres en diez minutos. El último intento viene del puesto ${facts.workstation} (${facts.place}).`,
      "Puede que alguien esté probando contraseñas. El registro de auditoría, en la consola, muestra cada intento.",
    ],
    "break-glass-used": facts =>
      facts.reader === "person"
        ? [
            "Acceso de emergencia abierto a su nombre",
            `El ${facts.at} se abrió un acceso de emergencia a su nombre en el puesto ${facts.workstation} (${facts.place}). Termina el ${facts.until}.`,
            `¿No fue usted? ${call(facts)}`,
          ]
        : [
            "Acceso de emergencia abierto",
            `El ${facts.at} se abrió un acceso de emergencia a nombre de ${facts.person} en el puesto ${facts.workstation} (${facts.place}). Termina el ${facts.until}.`,
            "El motivo está en la consola, donde este acceso espera su revisión.",
          ],
  },
  greeting: name => `Hola, ${name}:`,
  closing: "Este mensaje se envía automáticamente. Nadie le pide una contraseña ni un PIN por correo.",
};

function call({ phone }: NoticeFacts): string {
  return phone === undefined ? "Llame a soporte." : `Llame a soporte: ${phone}.`;
}
