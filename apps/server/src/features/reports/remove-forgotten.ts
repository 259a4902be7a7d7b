import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';

/** What a process that died was writing. Another process with this folder may be at work on what is young. */
const FORGOTTEN_AFTER_MS = 86_400_000;

/** Removes files that nobody will fetch any more from a folder, which is made when missing. */
export async function removeForgotten(folder: string, clock: Clock): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const kept = await stat(path).catch(() => null);
    if (kept !== null && kept.mtimeMs < clock.now() - FORGOTTEN_AFTER_MS) await rm(path, { force: true });
  }
}
