import { randomUUID } from 'node:crypto';
import { getImport as getImportRoute, importTicks, listImports as listImportsRoute } from '@holdfast/contract/imports';
import type { FastifyRequest } from 'fastify';
import { Answer, AppError, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { getImport } from './get-import.ts';
import { listImports } from './list-imports.ts';
import { discardUpload, receiveUpload } from './receive-upload.ts';
import type { ReceivedUpload } from './receive-upload.ts';
import { startImport } from './start-import.ts';
import type { StartImportNeeds } from './start-import.ts';
import type { ImportLimits } from './upload/import-limits.ts';

export interface ImportRouteNeeds extends StartImportNeeds {
  readonly limits: ImportLimits;
}

export function bindImportRoutes(context: ServeContext, needs: ImportRouteNeeds): void {
  serve(context, importTicks, async ({ request, caller, idempotencyKey }) => {
    const form = await readForm(request, needs);
    const started = await startImport(needs, caller, { ...form, idempotencyKey });
    return new Answer(202, { importId: started.importId }, started.replayed ? { 'idempotency-replayed': 'true' } : {});
  });
  serve(context, listImportsRoute, ({ caller, query }) => listImports(needs, caller, query));
  serve(context, getImportRoute, ({ caller, params }) => getImport(needs, caller, params.id));
}

interface Form {
  readonly upload: ReceivedUpload;
  readonly fileName: string;
  readonly zone: string | null;
}

/** The parts of the form in whatever order they come; the file goes to disk as it arrives. */
async function readForm(request: FastifyRequest, { queue, limits }: ImportRouteNeeds): Promise<Form> {
  if (!request.isMultipart()) throw new AppError('unsupported_media_type', 'Send multipart/form-data with the file in the field `file`.');
  let received: { readonly upload: ReceivedUpload; readonly fileName: string } | null = null;
  let zone: string | null = null;
  try {
    for await (const part of request.parts({ limits: { fileSize: limits.uploadBytes, files: 1 } })) {
      if (part.type === 'file' && part.fieldname === 'file') {
        const upload = await receiveUpload(part.file, queue.pathOf(`${randomUUID()}.part`));
        received = { upload, fileName: part.filename };
        if (part.file.truncated) throw new AppError('too_large', `The file is larger than ${limits.uploadBytes} bytes.`);
      } else if (part.type === 'field' && part.fieldname === 'zone') zone = String(part.value).trim() || null;
      else
        throw new AppError(
          'unknown_field',
          `The form has the field ${JSON.stringify(part.fieldname.slice(0, 40))}; it takes file and zone.`,
        );
    }
    if (received === null) throw new AppError('invalid_value', 'The form has no file. Send it in the field `file`.');
  } catch (error) {
    if (received !== null) await discardUpload(received.upload);
    throw error;
  }
  return { ...received, zone };
}
