import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  addDocumentVersion,
  changeDocument as changeContract,
  deleteDocument as deleteContract,
  DocumentFields,
  getDocument as getContract,
  getDocumentContent,
  getDocumentUsage,
  listDocuments as listContract,
  listDocumentVersions,
  uploadDocument,
} from '@holdfast/contract/documents';
import type { Document } from '@holdfast/contract/documents';
import type { FastifyRequest } from 'fastify';
import { Check, Errors } from 'typebox/value';
import { Answer, AppError, onlyOnce, Serialised, serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import { changeDocument } from './change-document.ts';
import { contentAnswer } from './content-answer.ts';
import { deleteDocument } from './delete-document.ts';
import type { DocumentCaller, DocumentNeeds } from './document-needs.ts';
import type { ArrivedFile } from './file-store.ts';
import { keepDocument, keepVersion } from './keep-document.ts';
import { describeUsage, getDocument, listDocuments, listVersions } from './list-documents.ts';
import { findContent, openContent } from './open-content.ts';
import { partOf } from './content-range.ts';
import { discardFile, receiveFile } from './receive-file.ts';

export function bindDocumentRoutes(context: ServeContext, needs: DocumentNeeds): void {
  serve(context, uploadDocument, (ask) =>
    keepOnce(
      needs,
      { ...keyOf(ask), operation: uploadDocument.name, takes: Object.keys(DocumentFields.properties) },
      ({ file, fields }) => {
        const { kind = 'other', name, portfolioId = null, note, taxYear = null } = readFields(fields);
        return keepDocument(needs, callerOf(ask), {
          file,
          notes: { kind, name: name?.trim() || null, portfolioId, note: note?.trim() || null, taxYear },
        });
      },
    ),
  );
  serve(context, addDocumentVersion, async (ask) => {
    // Before the file is taken in: a stranger's would be stored for nothing.
    await getDocument(needs, ask.caller.userId, ask.params.id);
    return keepOnce(needs, { ...keyOf(ask), operation: addDocumentVersion.name, takes: [] }, ({ file }) =>
      keepVersion(needs, callerOf(ask), { file, id: ask.params.id }),
    );
  });
  serve(context, listContract, ({ caller, query }) => listDocuments(needs, caller.userId, query));
  serve(context, getDocumentUsage, ({ caller }) => describeUsage(needs, caller.userId));
  serve(context, getContract, ({ caller, params }) => getDocument(needs, caller.userId, params.id));
  serve(context, listDocumentVersions, ({ caller, params }) => listVersions(needs, caller.userId, params.id));
  serve(context, getDocumentContent, async ({ caller, params, query, request }) => {
    const file = await findContent(needs, caller.userId, { documentId: params.id, version: query.version });
    const { range, 'if-range': ifRange } = request.headers;
    const tag = `"${file.sha256.toString('hex')}"`;
    const part = partOf(file.byteCount, { range, ifRange: typeof ifRange === 'string' ? ifRange : undefined, tag });
    const bytes = await openContent(needs, file, part);
    return contentAnswer(Readable.from(bytes, { objectMode: false }), { file, part, tag, isPreview: query.preview === true });
  });
  serve(context, changeContract, (ask) => changeDocument(needs, callerOf(ask), { id: ask.params.id, change: ask.body }));
  serve(context, deleteContract, async (ask) => {
    await deleteDocument(needs, callerOf(ask), ask.params.id);
    return undefined;
  });
}

interface FormAsked {
  readonly request: FastifyRequest;
  readonly userId: string;
  readonly idempotencyKey: string | undefined;
  readonly operation: string;
  /** The fields beside the file. */
  readonly takes: readonly string[];
}

interface Form {
  readonly file: ArrivedFile;
  readonly fields: ReadonlyMap<string, string>;
}

/** Takes the file in and keeps it; a repetition of the request is answered as the first one was, and its file is let go of. */
async function keepOnce(needs: DocumentNeeds, asked: FormAsked, keep: (form: Form) => Promise<Document>): Promise<Answer> {
  const form = await readForm(needs, asked);
  try {
    const { request, userId, idempotencyKey: key, operation } = asked;
    if (key === undefined) return new Answer(201, await keep(form));
    const hash = createHash('sha256')
      .update(JSON.stringify([request.url, [...form.fields].sort()]))
      .update(form.file.sha256)
      .digest();
    const keyed = { userId, key, operation, hash, showsSecret: false };
    const answer = await onlyOnce({ db: needs.db, now: needs.clock.now() }, keyed, async () => ({
      status: 201,
      body: JSON.stringify(await keep(form)),
    }));
    if (answer.replayed) await discardFile(needs, form.file.name);
    return new Answer(answer.status, new Serialised(answer.body), answer.replayed ? { 'idempotency-replayed': 'true' } : {});
  } catch (error) {
    await discardFile(needs, form.file.name);
    throw error;
  }
}

async function readForm(needs: DocumentNeeds, { request, userId, takes }: FormAsked): Promise<Form> {
  if (!request.isMultipart()) throw new AppError('unsupported_media_type', 'Send multipart/form-data with the file in the field `file`.');
  let file: ArrivedFile | null = null;
  const fields = new Map<string, string>();
  try {
    // One byte more than is taken: our own limit is met before the parser cuts the file off.
    const limits = { fileSize: needs.limits.mostBytes + 1, files: 1, fieldSize: 10_000, fields: takes.length, parts: takes.length + 1 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file' && part.fieldname === 'file')
        file = await receiveFile(needs, userId, { content: part.file, fileName: part.filename });
      else if (part.type === 'field' && takes.includes(part.fieldname)) fields.set(part.fieldname, String(part.value));
      else throw unknownField(part.fieldname, takes);
    }
    if (file === null)
      throw new AppError('invalid_value', 'The form has no file. Send it in the field `file`.', {
        errors: [{ path: 'file', message: 'is required' }],
      });
    return { file, fields };
  } catch (error) {
    if (file !== null) await discardFile(needs, file.name);
    throw error;
  }
}

function unknownField(name: string, takes: readonly string[]): AppError {
  const known = ['file', ...takes].join(', ');
  return new AppError('unknown_field', `The form has the field ${JSON.stringify(name.slice(0, 40))}; it takes ${known}.`);
}

/** Fields of a form are text; an empty one is as good as none. */
function readFields(given: ReadonlyMap<string, string>): DocumentFields {
  const filled = [...given].filter(([, text]) => text.trim() !== '');
  const fields: unknown = Object.fromEntries(
    filled.map(([name, text]) => [name, name === 'taxYear' && /^\d{1,4}$/.test(text.trim()) ? Number(text) : text]),
  );
  if (Check(DocumentFields, fields) && isUuid(fields.portfolioId)) return fields;
  const [first] = Errors(DocumentFields, fields);
  const path = first?.instancePath.slice(1) ?? 'portfolioId';
  const message = first?.message ?? 'is no id';
  throw new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}

function isUuid(id: string | undefined): boolean {
  return id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

function keyOf(ask: { readonly caller: Caller; readonly request: FastifyRequest; readonly idempotencyKey: string | undefined }) {
  return { request: ask.request, userId: ask.caller.userId, idempotencyKey: ask.idempotencyKey };
}

function callerOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }): DocumentCaller {
  return { userId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
}
