/** The server, or one of its commands, as a process of its own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface ServerProcess {
  readonly process: ChildProcess;
  /** Where it listens; empty for a command. */
  readonly url: string;
  /** What it has said so far. */
  output(): string;
  /** How it ended; null for a signal. */
  readonly ended: Promise<number | null>;
}

export interface ServerProcessOptions {
  readonly folder: string;
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** A command and its words; none for the server. */
  readonly words?: readonly string[];
}

const TSX = import.meta.resolve('tsx');
const MAIN = join(import.meta.dirname, '..', 'main.ts');
const LISTENS = /"message":"listening"/;
const ADDRESS = /"url":"(http:[^"]+)"/;

/** Resolves when the server listens, and at once for a command. Throws with what it said when it ends before. */
export async function startServerProcess({ folder, environment, words = [] }: ServerProcessOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--conditions=source', '--import', TSX, MAIN, ...words], {
    cwd: folder,
    env: { PORT: '0', ...environment },
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        said += part.toString();
        const line = said.split('\n').find((text) => LISTENS.test(text));
        const found = ADDRESS.exec(line ?? '')?.[1];
        if (found !== undefined) resolve(found);
      });
    if (words.length > 0) resolve('');
    ended.then(() => reject(new Error(`It ended: ${said}`)), reject);
  });
  return { process: child, url, output: () => said, ended };
}
