/** The version of this source, as package.json has it: agent, broker and command line are released together. */
export const version = "0.1.0";
