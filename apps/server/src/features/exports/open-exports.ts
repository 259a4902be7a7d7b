/** Exports, wired: their routes and the job that makes them. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServeContext } from '../../platform/http/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import type { Documents } from '../documents/index.ts';
import { bindExportRoutes } from './export-routes.ts';
import type { ExportRouteNeeds } from './export-routes.ts';
import { exportJob } from './run-export.ts';

export interface ExportsNeeds extends Omit<ExportRouteNeeds, 'folder' | 'intake'> {
  readonly documents: Documents;
  /** Files lie in its folder `exports` while they are written and read. */
  readonly dataDirectory: string;
}

export interface Exports {
  readonly jobs: readonly Job[];
  bindRoutes(context: ServeContext): void;
}

/** What a process that died was writing. Another one with this folder may be at work on what is young. */
const FORGOTTEN_AFTER_MS = 86_400_000;

export async function openExports(needs: ExportsNeeds): Promise<Exports> {
  const folder = join(needs.dataDirectory, 'exports');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const kept = await stat(path).catch(() => null);
    if (kept !== null && kept.mtimeMs < needs.clock.now() - FORGOTTEN_AFTER_MS) await rm(path, { force: true });
  }
  return {
    jobs: [exportJob({ ...needs, instruments: needs.instruments.book, folder })],
    bindRoutes: (context) => bindExportRoutes(context, { ...needs, intake: needs.documents.intake, folder }),
  };
}
