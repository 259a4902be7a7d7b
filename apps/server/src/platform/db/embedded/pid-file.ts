import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What PostgreSQL writes about itself into postmaster.pid. */
export interface PidFile {
  readonly pid: number;
  readonly socketFolder: string;
  /** It accepts connections. */
  readonly isReady: boolean;
}

/** Reads a cluster's pid file; undefined when there is none, or it is not fully written yet. */
export function readPidFile(cluster: string): PidFile | undefined {
  try {
    // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory key, status.
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    return { pid, socketFolder: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}
