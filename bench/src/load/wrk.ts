/** Drives wrk, a load generator in C that leaves nearly all of a small machine to what is measured. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isInstalled } from '../measure/machine.ts';

export interface WrkRun {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A Lua script of this folder that makes the requests, and what it is handed. Without one the same GET is sent over and over. */
  readonly script?: { readonly name: string; readonly words: readonly string[] };
}

export interface WrkReport {
  readonly requests: number;
  readonly seconds: number;
  /** Answers whose status is not 2xx or 3xx. */
  readonly refused: number;
  /** Connections refused, broken or timed out. */
  readonly broken: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const runProgram = promisify(execFile);

/** Throws when wrk is missing or fails. */
export async function runWrk({ url, connections, seconds, headers = {}, script }: WrkRun): Promise<WrkReport> {
  if (!isInstalled('wrk')) throw new Error('The load generator wrk is missing. Install it: apt-get install wrk, or brew install wrk.');
  const named = fileURLToPath(new URL(`./${script?.name ?? 'report.lua'}`, import.meta.url));
  const { stdout } = await runProgram('wrk', [
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    '--timeout=10s',
    ...Object.entries(headers).map(([name, value]) => `--header=${name}: ${value}`),
    `--script=${named}`,
    url,
    '--',
    ...(script?.words ?? []),
  ]);
  const line = stdout.split('\n').find((text) => text.startsWith('{"requests"'));
  if (line === undefined) throw new Error(`wrk reported nothing of ${url}:\n${stdout}`);
  const report = JSON.parse(line) as Omit<WrkReport, 'perSecond'>;
  return { ...report, perSecond: report.requests / report.seconds };
}

/** A run in which every request was answered well; throws otherwise, since errors are answered faster than work is done. */
export async function steadyRun(run: WrkRun): Promise<WrkReport> {
  const report = await runWrk(run);
  if (report.refused > 0 || report.broken > 0 || report.requests === 0)
    throw new Error(`${run.url}: of ${report.requests} requests ${report.refused} were refused and ${report.broken} connections broke.`);
  return report;
}
