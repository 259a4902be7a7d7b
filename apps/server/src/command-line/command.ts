import type { App } from '../app.ts';

export interface Terminal {
  print(line: string): void;
  /** Writes a line over the one it wrote before; absent where the output is no screen. */
  readonly redraw?: (line: string) => void;
  /** What was typed, without showing it; null where nobody can type. */
  askSecret(question: string): Promise<string | null>;
}

/** One command of the command line. Answers the exit code. Throws what it cannot do, as an Error that says so to people. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  run(words: readonly string[], needs: CommandNeeds): Promise<number>;
}

export interface CommandNeeds {
  readonly app: App;
  readonly terminal: Terminal;
  /** Where relative paths begin: the folder the command was called in. */
  readonly folder?: string;
}
