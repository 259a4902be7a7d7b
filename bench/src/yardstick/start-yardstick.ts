import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startProgram } from '../subject/process.ts';

export interface YardstickAnswers {
  readonly port: number;
  /** Paths without their queries, which the yardstick does not look at. */
  readonly gets: readonly { readonly path: string; readonly text: string }[];
  /** What every order is answered, or null when it takes none. */
  readonly order: string | null;
}

export interface Yardstick {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

export async function startYardstick(answers: Omit<YardstickAnswers, 'port'>): Promise<Yardstick> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-yardstick-'));
  const port = await freePort();
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify({ ...answers, port } satisfies YardstickAnswers));
  const url = `http://127.0.0.1:${port}`;
  const main = join(import.meta.dirname, 'main.ts');
  const program = await startProgram(
    {
      words: ['--conditions=source', '--import', import.meta.resolve('tsx'), main, file],
      folder,
      environment: { NODE_ENV: 'production' },
      outputFile: join(folder, 'yardstick.log'),
    },
    url,
  );
  return {
    url,
    pid: program.pid,
    async close() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
