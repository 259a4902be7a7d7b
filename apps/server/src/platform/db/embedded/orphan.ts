import { rmSync } from 'node:fs';
import { join, basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, isRunning } from './running-process.ts';
import { readPidFile } from './pid-file.ts';
import type { Place } from './place.ts';
import type { StartLog } from './start-log.ts';

const stopWithinMs = 30_000;

/**
 * A server that was killed leaves its PostgreSQL running. Stops it, so that the next one starts with the settings of this version and
 * as a child we notice the end of. Does nothing when there is none; a pid file whose number now belongs to another program is removed.
 */
export async function stopOrphan(place: Pick<Place, 'root' | 'cluster'>, log: StartLog): Promise<void> {
  const left = readPidFile(place.cluster);
  if (left === undefined) return;
  if (isRunning(left.pid) && commandLine(left.pid)?.includes(place.cluster) === true) {
    log.warn(`Stopping the database that a server left running (process ${left.pid}).`);
    await endPostmaster(left.pid);
  } else {
    rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
  }
  // A socket folder in the shared folder for temporary files is made anew at each start.
  if (dirname(left.socketFolder) !== place.root && basename(left.socketFolder).startsWith('holdfast-')) {
    rmSync(left.socketFolder, { recursive: true, force: true });
  }
}

/**
 * Ends PostgreSQL: SIGINT ends sessions and writes a checkpoint, SIGQUIT does without and leaves recovery to the next start: `atOnce`,
 * where there will be none.
 */
export async function endPostmaster(pid: number, { atOnce = false } = {}): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (atOnce && signal === 'SIGINT') continue;
    send(pid, signal);
    const deadline = performance.now() + stopWithinMs;
    while (performance.now() < deadline) {
      if (!isRunning(pid)) return;
      await delay(5);
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
