import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Terminal } from './command.ts';

export interface TerminalStreams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

export function createTerminal({ input, output }: TerminalStreams): Terminal {
  let drawn = false;
  const clear = (): void => {
    if (drawn) output.write('\r\u001B[2K');
    drawn = false;
  };
  const redraw = (line: string): void => {
    clear();
    output.write(line.slice(0, Math.max(1, output.columns - 1)));
    drawn = true;
  };
  return {
    ...(output.isTTY ? { redraw } : {}),
    print: (line) => {
      clear();
      output.write(`${line}\n`);
    },
    askSecret: async (question) => {
      if (!input.isTTY) return null;
      output.write(question);
      // Readline echoes what is typed to its output, so it gets one that shows nothing.
      const dark = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input, output: dark, terminal: true });
      try {
        return await new Promise<string>((resolve) => lines.question('', resolve));
      } finally {
        lines.close();
        output.write('\n');
      }
    },
  };
}
