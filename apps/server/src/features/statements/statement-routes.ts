import { createHash } from 'node:crypto';
import {
  ColumnMapping,
  confirmStatement as confirmContract,
  getStatement as getContract,
  importStatement as importContract,
  listStatementFormats,
  SymbolMapping,
} from '@holdfast/contract/statements';
import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import { ownPortfolio } from '../portfolios/index.ts';
import { findWallClock } from '../ticks/index.ts';
import { Answer, AppError, onlyOnce, Serialised, serve } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import { ALL_FORMATS } from './formats/all-formats.ts';
import { STATEMENT_FORMATS } from './formats/format.ts';
import type { StatementFormatId } from './formats/format.ts';
import { confirmStatement, getStatement, importStatement, previewStatement } from './import-statement.ts';
import type { StatementNeeds, StatementUpload } from './import-statement.ts';
import { STATEMENT_LIMITS } from './statement-text.ts';

export function bindStatementRoutes(context: ServeContext, needs: StatementNeeds): void {
  serve(context, listStatementFormats, () => ({ items: ALL_FORMATS.map(({ id, title }) => ({ format: id, title })) }));

  serve(context, importContract, async (ask) => {
    // Before the file is read: a stranger's would be held in memory for nothing.
    await ownPortfolio(needs, callerOf(ask), ask.params.id);
    const upload = await readForm(ask.request, ask.params.id);
    const isDry = ask.query.dryRun === true;
    const take = isDry ? previewStatement : importStatement;
    const status = isDry ? 200 : 201;
    if (ask.idempotencyKey === undefined) return new Answer(status, await take(needs, callerOf(ask), upload));
    const hash = createHash('sha256')
      .update(JSON.stringify([ask.request.url, upload.format, upload.mapping, upload.symbols]))
      .update(upload.content)
      .digest();
    const keyed = { userId: ask.caller.userId, key: ask.idempotencyKey, operation: importContract.name, hash, showsSecret: false };
    const answer = await onlyOnce({ db: needs.db, now: needs.clock.now() }, keyed, async () => ({
      status,
      body: JSON.stringify(await take(needs, callerOf(ask), upload)),
    }));
    return new Answer(answer.status, new Serialised(answer.body), answer.replayed ? { 'idempotency-replayed': 'true' } : {});
  });

  serve(context, getContract, (ask) => getStatement(needs, callerOf(ask), ask.params.id));

  serve(context, confirmContract, (ask) =>
    confirmStatement(needs, callerOf(ask), {
      id: ask.params.id,
      symbols: ask.body.symbols ?? {},
      leaveOut: ask.body.leaveOut === 'problems',
    }),
  );
}

const TEXT_FIELDS = ['format', 'mapping', 'symbols'] as const;

async function readForm(request: FastifyRequest, portfolioId: string): Promise<StatementUpload> {
  if (!request.isMultipart()) throw new AppError('unsupported_media_type', 'Send multipart/form-data with the file in the field `file`.');
  let file: { readonly content: Buffer; readonly fileName: string } | null = null;
  const texts = new Map<string, string>();
  const limits = {
    fileSize: STATEMENT_LIMITS.bytes + 1,
    files: 1,
    fieldSize: 262_144,
    fields: TEXT_FIELDS.length,
    parts: TEXT_FIELDS.length + 1,
  };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file' && part.fieldname === 'file') {
      const content = await part.toBuffer().catch((error: unknown) => {
        if (part.file.truncated) throw new AppError('too_large', TOO_LARGE);
        throw error;
      });
      if (content.length > STATEMENT_LIMITS.bytes) throw new AppError('too_large', TOO_LARGE);
      file = { content, fileName: plainName(part.filename) };
    } else if (part.type === 'field' && TEXT_FIELDS.some((name) => name === part.fieldname)) texts.set(part.fieldname, String(part.value));
    else
      throw new AppError(
        'unknown_field',
        `The form has the field ${JSON.stringify(part.fieldname.slice(0, 40))}; it takes file, format, mapping and symbols.`,
      );
  }
  if (file === null)
    throw new AppError('invalid_value', 'The form has no file. Send it in the field `file`.', {
      errors: [{ path: 'file', message: 'is required' }],
    });
  const mapping = jsonField(texts, 'mapping', ColumnMapping);
  if (mapping?.zone !== undefined && findWallClock(mapping.zone) === null)
    throw wrong('mapping.zone', 'is no IANA time zone such as Europe/Vienna');
  return {
    ...file,
    portfolioId,
    format: formatField(texts.get('format')),
    mapping,
    symbols: jsonField(texts, 'symbols', SymbolMapping) ?? {},
  };
}

const TOO_LARGE = `The file has more than ${STATEMENT_LIMITS.bytes} bytes, which is the most a statement may have. Export a shorter period.`;

function formatField(written: string | undefined): StatementFormatId | null {
  if (written === undefined || written === '') return null;
  const known = STATEMENT_FORMATS.find((id) => id === written);
  if (known === undefined) throw wrong('format', `is none of ${STATEMENT_FORMATS.join(', ')}`);
  return known;
}

function jsonField<const S extends TSchema>(texts: ReadonlyMap<string, string>, name: string, schema: S): Static<S> | null {
  const written = texts.get(name);
  if (written === undefined || written.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    throw new AppError('unparsable', `The field ${name} is no readable JSON.`);
  }
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value);
  throw wrong(`${name}${first?.instancePath.replaceAll('/', '.') ?? ''}`, first?.message ?? 'is not as described');
}

function wrong(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}

/** The last part of a name, without what would disturb a screen; it is shown, never used as a path. */
function plainName(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, 200) || 'statement'
  );
}

function callerOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }) {
  return { userId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
}
