import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  createExport,
  deleteExport as deleteContract,
  getExport,
  getExportContent,
  importExport,
  listExports as listContract,
} from '@holdfast/contract/exports';
import { Answer, AppError, notFound, page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { within } from '../../platform/db/transact.ts';
import { isId, newId } from '../../platform/ids.ts';
import { describeExport } from './describe-export.ts';
import { deleteExport, exportFiles, findExport, selectExports } from './export-store.ts';
import type { ExportRecord } from './export-store.ts';
import { importArchive } from './import-archive.ts';
import type { ImportArchiveNeeds } from './import-archive.ts';
import { receiveArchive } from './receive-archive.ts';
import { startExport } from './start-export.ts';

export interface ExportRouteNeeds extends ImportArchiveNeeds {
  /** Where uploads lie while they are read. */
  readonly folder: string;
}

const LIST = 'exports';

export function bindExportRoutes(context: ServeContext, needs: ExportRouteNeeds): void {
  const { db, clock, folder } = needs;
  const own = async (userId: string, id: string): Promise<ExportRecord> => {
    const record = await findExport(within(db), { id, userId });
    if (record === null) throw notFound('export');
    return record;
  };

  serve(context, createExport, async ({ caller, requestId, ip }) => {
    const id = await startExport(needs, { userId: caller.userId, requestId, ip });
    return describeExport(await own(caller.userId, id));
  });

  serve(context, listContract, async ({ caller, query }) => {
    const { limit = 50 } = query;
    const after = readCursor(LIST, query.cursor, [isId])?.[0] ?? null;
    const records = await selectExports(db, { userId: caller.userId, after, limit: limit + 1 });
    return page(records, limit, { item: describeExport, cursor: ({ id }) => writeCursor(LIST, [id]) });
  });

  serve(context, getExport, async ({ caller, params }) => describeExport(await own(caller.userId, params.id)));

  serve(context, getExportContent, async ({ caller, params }) => {
    const { id, status, detail, fileName, byteCount } = await own(caller.userId, params.id);
    if (status === 'failed') throw new AppError('conflict', detail ?? 'The export could not be made. Ask for it again.');
    if (fileName === null || byteCount === null) throw new AppError('conflict', 'The export is being made. Wait until it is done.');
    return new Answer(200, Readable.from(exportFiles.read(db, id), { objectMode: false }), {
      'content-type': 'application/zip',
      'content-length': String(byteCount),
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    });
  });

  serve(context, deleteContract, async ({ caller, params }) => {
    if (!(await deleteExport(db, { id: params.id, userId: caller.userId }))) throw notFound('export');
    return new Answer(204, undefined);
  });

  serve(context, importExport, async ({ caller, request, requestId, ip }) => {
    const path = join(folder, `${newId(clock.now())}.upload`);
    const file = await receiveArchive(request, path);
    try {
      return new Answer(201, await importArchive(needs, { caller, requestId, ip }, file));
    } finally {
      await rm(path, { force: true });
    }
  });
}
