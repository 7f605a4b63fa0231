import { CryptokiModule } from "../../../native-bindings/pkcs11/cryptoki-module.ts";
import { type ModuleAnswer, type ModuleCommand, moduleRequest } from "../../../protocol/card-host/module-messages.ts";
import { failedAnswer } from "../failed-answer.ts";

/**
 * The process that loads one PKCS#11 module, for one card: a module can crash or hang, and remember a PIN, and takes all of
 * that with it. Forked by the card host with the module's file; ends with its channel.
 */
const [, , file = ""] = process.argv;
let module: CryptokiModule | undefined;

function loaded(): CryptokiModule {
  module ??= CryptokiModule.load(file);
  return module;
}

function perform(command: ModuleCommand): ModuleAnswer {
  switch (command.type) {
    case "list-tokens":
      return { type: "tokens", tokens: loaded().listTokens(command.reader) };
    case "pin-state":
      return { type: "pin-state", ...loaded().pinState(command.slot) };
    case "login":
      loaded().login(command.slot, command.pin);
      return { type: "done" };
    case "sign":
      return {
        type: "signature",
        signature: loaded().sign(command.slot, command.key, command.mechanism, command.data),
      };
    case "logout":
      loaded().logout(command.slot);
      return { type: "done" };
    case "change-pin":
      loaded().changePin(command.slot, command.secret, command.newPin);
      return { type: "done" };
    case "unblock-pin":
      loaded().unblockPin(command.slot, command.secret, command.newPin);
      return { type: "done" };
    default:
      return command satisfies never;
  }
}

function answerTo(command: ModuleCommand): ModuleAnswer {
  try {
    return perform(command);
  } catch (thrown) {
    return failedAnswer(thrown);
  }
}

process.on("message", (message: unknown) => {
  const request = moduleRequest.safeParse(message);
  // Only our own card host speaks here: anything else is a defect, and not answering shows it as a time-out.
  if (!request.success) return;
  const { id, command } = request.data;
  const answer = answerTo(command);
  // A parent that has just gone: the channel's end is told next.
  if (process.connected) process.send?.({ id, answer }, undefined, undefined, () => {});
});
process.on("disconnect", () => {
  try {
    module?.finalize();
  } finally {
    process.exit(0);
  }
});
