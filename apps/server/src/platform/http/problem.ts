/** The one place where errors become answers: application/problem+json, or the error shape of a seed's own door. */
import { ERRORS } from '@holdfast/contract';
import type { ErrorCode, Route } from '@holdfast/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { postgresCode } from '../db/transact.ts';
import { AppError } from './app-error.ts';

const RETRY_SECONDS: Partial<Record<ErrorCode, number>> = {
  unavailable: 2,
  timeout: 2,
  internal: 2,
  rate_limited: 1,
  request_in_progress: 1,
};

/** Answers with the error; unknown ones are logged whole and told as `internal`, which says nothing to the caller. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = knownError(error);
  if (known.code === 'internal') request.log.error({ requestId: request.id, err: error }, 'unforeseen error');
  const meaning = ERRORS[known.code];
  const retryAfter = known.extras.retryAfterSeconds ?? RETRY_SECONDS[known.code];
  if (retryAfter !== undefined && meaning.status >= 429) void reply.header('retry-after', String(retryAfter));
  const door = request.routeOptions.config.contract?.door;
  if (door !== undefined) return answerAtDoor(door, known, reply);
  const { retryAfterSeconds: _, ...extras } = known.extras;
  const body = {
    type: `urn:holdfast:error:${known.code}`,
    title: meaning.title,
    status: meaning.status,
    code: known.code,
    detail: known.message,
    instance: request.url.split('?', 1)[0] ?? '/',
    requestId: request.id,
    ...extras,
  };
  return reply.code(meaning.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(body));
}

function answerAtDoor(door: NonNullable<Route['door']>, error: AppError, reply: FastifyReply): FastifyReply {
  // The seeds' documents know 400 for a bad request, not 422, and print `detail`.
  const status = error.status === 422 ? 400 : error.status;
  const errors = error.extras.errors;
  const body =
    door === 'watchlist'
      ? { data: null, meta: null, errors: errors ?? [{ path: '', message: error.message }], detail: error.message, code: error.code }
      : { detail: error.message, code: error.code, ...(errors === undefined ? {} : { errors }) };
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
}

/** What the parser of forms says of a body that is none, in errors that have no code. */
const BROKEN_FORM = /^(Unexpected end of (multipart data|form)|Part terminated early|Malformed part header|Multipart: Boundary not found)/;

/** The AppError that an error of any kind amounts to. */
export function knownError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const fromFastify = error as Partial<FastifyError>;
  if (Array.isArray(fromFastify.validation)) return schemaError(fromFastify as FastifyError);
  if (BROKEN_FORM.test(fromFastify.message ?? ''))
    return new AppError('unparsable', 'The form breaks off or has no boundary. Send it again.');
  switch (fromFastify.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new AppError('too_large', 'The body is larger than this route takes.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new AppError('unsupported_media_type', 'Send application/json, or multipart/form-data where a file is taken.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('unparsable', 'The body is not valid JSON.');
    case undefined:
    default:
  }
  if (fromFastify.statusCode === 400) return new AppError('unparsable', 'The request could not be read.');
  return databaseError(error) ?? new AppError('internal', 'Something went wrong here. The request id finds it in the log.');
}

function databaseError(error: unknown): AppError | null {
  const code = postgresCode(error);
  // The one character that JSON carries and PostgreSQL does not keep; no schema names it, so whatever field it is in ends here.
  if (code === '22021') return new AppError('invalid_value', 'Text must not contain the character U+0000.');
  if (code === '57014') return new AppError('timeout', 'The database did not finish in time; the query was stopped.');
  if ((code !== undefined && isAway(code)) || isConnectionLoss(error))
    return new AppError('unavailable', 'The database does not answer. Try again in a moment.');
  return null;
}

/**
 * SQLSTATEs of a database that cannot serve now but may soon: no connection (08), no room (53), shutting down (57P), read only while
 * another node takes over (25006), and transactions that others kept overtaking (40001, 40P01) or locking out (55P03).
 */
function isAway(code: string): boolean {
  return /^(08|53|57P)/.test(code) || ['25006', '40001', '40P01', '55P03'].includes(code);
}

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code) && 'syscall' in error) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(error.message);
}

function schemaError(error: FastifyError): AppError {
  const errors = (error.validation ?? []).map((issue) => {
    const params = issue.params as { additionalProperty?: string; missingProperty?: string };
    const leaf = params.additionalProperty ?? params.missingProperty;
    const path = `${issue.instancePath.slice(1).replaceAll('/', '.')}${leaf === undefined ? '' : `${issue.instancePath === '' ? '' : '.'}${leaf}`}`;
    return { path, message: messageOf(issue.keyword, issue.message ?? 'is not allowed') };
  });
  const unknown = (error.validation ?? []).some((issue) => issue.keyword === 'additionalProperties');
  const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
  const first = errors[0];
  const detail =
    first === undefined ? 'The request is not valid.' : `${where}${first.path === '' ? '' : `.${first.path}`} ${first.message}.`;
  return new AppError(unknown ? 'unknown_field' : 'invalid_value', detail, { errors });
}

function messageOf(keyword: string, message: string): string {
  if (keyword === 'additionalProperties') return 'is not a known field';
  if (keyword === 'required') return 'is required';
  return message;
}
