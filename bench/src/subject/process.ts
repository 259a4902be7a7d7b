/** Node processes of a bench: started with their output in a file, awaited until they answer, ended in order. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const repository = join(import.meta.dirname, '../../..');

export interface Program {
  /** What Node is given. */
  readonly words: readonly string[];
  readonly folder: string;
  /** The whole environment, so that nobody's settings leak into a bench. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where its output goes. A real disk, since a server that logs is what is measured. */
  readonly outputFile: string;
}

export interface RunningProgram {
  readonly pid: number;
  stop(): Promise<void>;
}

const ASK_EVERY_MS = 2;
const LONGEST_START_MS = 60_000;

/** Resolves when `url` is answered with 200. Throws what the program said when it ends before that. */
export async function startProgram(program: Program, url: string): Promise<RunningProgram> {
  const output = openSync(program.outputFile, 'a');
  const child = spawn(process.execPath, [...program.words], {
    cwd: program.folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...program.environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const startedAt = performance.now();
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() - startedAt > LONGEST_START_MS)
      throw new Error(`${program.words.join(' ')} did not start:\n${readFileSync(program.outputFile, 'utf8').slice(-2_000)}`);
    await wait(ASK_EVERY_MS);
  }
  return { pid: child.pid ?? 0, stop: () => stop(child) };
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
