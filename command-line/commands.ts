/** Runs with the words after the command's name; answers the exit status. */
export type Command = (words: string[]) => Promise<number>;

interface NamedCommand {
  readonly name: readonly string[];
  readonly does: string;
  /** Loaded when called, so that a small command does not wait for the broker's modules. */
  readonly load: () => Promise<Command>;
}

export const commands: readonly NamedCommand[] = [
  {
    name: ["agent"],
    does: "runs this workstation: readers, window, applications",
    load: async () => (await import("./commands/agent.ts")).agent,
  },
  {
    name: ["demo-card"],
    does: "a virtual card on a virtual reader",
    load: async () => (await import("./commands/demo-card.ts")).demoCard,
  },
];
