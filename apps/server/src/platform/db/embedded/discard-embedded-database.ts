import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holdFolder } from './folder-hold.ts';
import { stopOrphan } from './orphan.ts';
import type { StartLog } from './start-log.ts';

/** Stops what still runs of an embedded database and removes it with its data folder. Throws when a running server holds the folder. */
export async function discardEmbeddedDatabase(folder: string, log: StartLog): Promise<void> {
  const dataDir = realpathSync(folder);
  const hold = holdFolder(dataDir);
  try {
    const locationFile = join(dataDir, 'location');
    const root = existsSync(locationFile) ? readFileSync(locationFile, 'utf8').trim() : join(dataDir, 'postgres');
    await stopOrphan({ root, cluster: join(root, 'cluster') }, log);
    rmSync(root, { recursive: true, force: true });
  } finally {
    hold.release();
  }
  rmSync(dataDir, { recursive: true, force: true });
}
