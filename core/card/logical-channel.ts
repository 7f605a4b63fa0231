import type { CardTransport } from "./card-transport.ts";

const channelClosed = 0x6881;
const selectInstruction = 0xa4;

/**
 * The same card by another of its logical channels (ISO 7816-4, 5.4.1 and 11.1.2): the class byte of each command names it. A
 * channel that is closed, as all but the first are after a reset, is opened when an application is selected on it: before the first
 * time, and whenever the card says so.
 */
export function onChannel(transport: CardTransport, channel: 1 | 2 | 3): CardTransport {
  const { atr, protocol, pinPad } = transport;
  let mayBeOpen = false;
  // MANAGE CHANNEL; one that is open already refuses, and stays so.
  const open = () => transport.transmit(Uint8Array.of(0x00, 0x70, 0x00, channel));
  const onIt = (cla: number) => cla | channel;
  return {
    atr,
    protocol,
    ...(pinPad === undefined
      ? {}
      : { pinPad: { verify: command => pinPad.verify({ ...command, cla: onIt(command.cla) }) } }),
    async transmit(command) {
      command[0] = onIt(command[0] ?? 0);
      const isSelect = command[1] === selectInstruction;
      if (isSelect && !mayBeOpen) {
        mayBeOpen = true;
        await open();
      }
      const answer = await transport.transmit(command);
      if (statusOf(answer) !== channelClosed || !isSelect) return answer;
      await open();
      return transport.transmit(command);
    },
  };
}

function statusOf(answer: Uint8Array): number {
  const [high = 0, low = 0] = answer.subarray(-2);
  return (high << 8) | low;
}
