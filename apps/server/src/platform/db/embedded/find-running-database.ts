import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrl } from './database-url.ts';
import { readPidFile } from './pid-file.ts';
import { findPlace } from './place.ts';
import { findInstalledPrograms } from './programs.ts';
import { isRunning } from './running-process.ts';

export interface RunningDatabase {
  readonly url: string;
  /** PostgreSQL's first process. */
  readonly pid: number;
}

/**
 * The database that a running server of this data folder has started, for commands that work beside it.
 * Null when no server runs: then the command starts the database itself.
 */
export function findRunningDatabase(dataDir: string): RunningDatabase | null {
  const holdFile = join(dataDir, 'held-by.json');
  if (!existsSync(holdFile)) return null;
  const holder = JSON.parse(readFileSync(holdFile, 'utf8')) as { readonly pid?: number; readonly startMark?: string };
  if (typeof holder.pid !== 'number' || !isRunning(holder.pid, holder.startMark ?? '')) return null;
  const pidFile = readPidFile(findPlace(realpathSync(dataDir), findInstalledPrograms().root).cluster);
  return pidFile?.isReady === true ? { url: databaseUrl(pidFile.socketFolder), pid: pidFile.pid } : null;
}
