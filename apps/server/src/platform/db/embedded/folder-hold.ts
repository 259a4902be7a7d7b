import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, startMark } from './running-process.ts';

/** Says that this process, and no other, works on a data folder. */
export interface FolderHold {
  release(): void;
}

interface Holder {
  readonly pid: number;
  /** Tells the process from a later one with the same number. */
  readonly startMark: string;
  readonly since: string;
}

/**
 * Takes the data folder for this process or throws an Error that names the process that has it. What a killed process left behind
 * does not count. Taking over is a rename, which only one of several starters can win.
 */
export function holdFolder(dataDir: string): FolderHold {
  const file = join(dataDir, 'held-by.json');
  const text = JSON.stringify({ pid: process.pid, startMark: startMark(process.pid) ?? '', since: new Date().toISOString() });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (createWhole(file, text)) return { release: () => releaseHold(file, text) };
    const found = readOrNothing(file);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder !== undefined && isRunning(holder.pid, holder.startMark)) throw inUse(dataDir, holder);
    takeAway(file, found);
  }
  throw new Error(`${dataDir} is being taken by several servers at once. Start again.`);
}

function inUse(dataDir: string, { pid, since }: Holder): Error {
  const who = pid === process.pid ? `this very process (${pid})` : `process ${pid}`;
  return new Error(`The data in ${dataDir} are in use by ${who} since ${since}. Stop it, or set DATA_DIR to another folder.`);
}

/** A link appears with its whole content or not at all, so no reader ever sees half of it. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function takeAway(file: string, expected: string): void {
  const aside = `${file}.left.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // Somebody else has taken it away.
  }
  // Between reading and renaming another starter may have won; what was taken is then theirs, and goes back.
  if (readOrNothing(aside) !== expected) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function releaseHold(file: string, text: string): void {
  if (readOrNothing(file) === text) rmSync(file, { force: true });
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, startMark: mark, since } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof mark === 'string' && typeof since === 'string' ? { pid, startMark: mark, since } : undefined;
  } catch {
    return undefined;
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
