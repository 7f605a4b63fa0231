import { commands } from "./commands.ts";

/** `wardkey COMMAND [WORDS]`: finds the command by its longest name and leaves with the status that it answers. */
async function main(words: readonly string[]): Promise<number> {
  const named = commands
    .filter(command => command.name.every((part, index) => words[index] === part))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (named !== undefined) return (await named.load())(words.slice(named.name.length));
  const asked = words[0] === "--help" || words[0] === "help";
  (asked ? console.log : console.error)(usage(asked ? undefined : words.join(" ")));
  return asked ? 0 : 2;
}

function usage(unknown: string | undefined): string {
  const rows = commands.map(command => `  ${command.name.join(" ").padEnd(22)}${command.does}`);
  const complaint = unknown === undefined || unknown === "" ? [] : [`wardkey: there is no command “${unknown}”`, ""];
  return [...complaint, "wardkey COMMAND --help says more of one command.", "", ...rows].join("\n");
}

process.exitCode = await main(process.argv.slice(2));
