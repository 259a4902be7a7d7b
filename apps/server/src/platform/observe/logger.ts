import { hostname } from 'node:os';
import { pid } from 'node:process';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { systemClock, type Clock } from '../clock.ts';
import { holdLines, type FlushableStream } from './held-lines.ts';
import { prettyLine } from './pretty-line.ts';
import { createRequestLog, type RequestLine } from './request-log.ts';
import { RotatingFile } from './rotating-file.ts';
import { scrub } from './scrub.ts';

export type { Logger } from 'pino';

export type LogOptions = {
  readonly level: string;
  readonly format: 'json' | 'pretty';
  /** Path of a file that gets every line as JSON besides, or null. */
  readonly file: string | null;
  readonly clock?: Clock;
  /** Told of every line at level error or above. */
  readonly onError?: (line: ErrorLine) => void;
  /** Where lines go; standard output when left out. */
  readonly output?: DestinationStream;
};

/** What a line at level error says, scrubbed. */
export type ErrorLine = {
  readonly level: 'error' | 'fatal';
  readonly message: string;
  readonly at: number;
  readonly type: string | null;
  readonly detail: string | null;
  readonly stack: string | null;
  readonly requestId: string | null;
};

export type Log = {
  readonly logger: Logger;
  readonly writeRequest: (line: RequestLine) => void;
  /** Writes what is still buffered, now. To be called before the process ends. */
  readonly flush: () => void;
  readonly close: () => void;
};

/** Keys whose values never reach the log, wherever a line of ours puts them. */
const secretKeys = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'secretKey',
  'apiKey',
  'authorization',
  'cookie',
] as const;

/** Written out, not as `*.password`: pino looks a fixed path up, but walks over every key for a wildcard on each line. */
const secretPaths = [
  ...secretKeys,
  ...['body', 'headers', 'query', 'request', 'response', 'config', 'job'].flatMap((part) => secretKeys.map((key) => `${part}.${key}`)),
  ...['request', 'response'].flatMap((part) => [
    `${part}.headers.authorization`,
    `${part}.headers.cookie`,
    `${part}.headers["set-cookie"]`,
  ]),
  'headers["set-cookie"]',
  'headers["x-api-key"]',
];

/**
 * The log: one JSON object a line with level, time, message and what belongs to it. Buffered: a line is on its way after
 * at most 250 ms, and at once when it is fatal or the process ends in order.
 */
export function openLog(options: LogOptions): Log {
  const standardOutput = options.output === undefined ? holdLines(pino.destination({ fd: 1, sync: false })) : null;
  if (standardOutput !== null) process.once('exit', () => standardOutput.flushSync());
  const output = standardOutput ?? options.output ?? { write: () => undefined };
  const shown = options.format === 'pretty' ? prettyStream(output) : output;
  const file = options.file === null ? null : new RotatingFile({ path: options.file, maxBytes: 5_000_000, keep: 5 });
  const time = isoTime(options.clock ?? systemClock);
  // Which process it is.
  const origin = { pid, hostname: hostname() };
  const lines = file === null ? shown : fanOut(shown, file);
  const logger = pino(
    {
      level: options.level,
      base: origin,
      redact: { paths: secretPaths, censor: '[hidden]' },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: time,
      serializers: { err: errorFields, error: errorFields },
      ...tellErrors(options),
      messageKey: 'message',
      errorKey: 'error',
    },
    lines,
  );
  const flush = () => {
    standardOutput?.flushSync();
    file?.flushSync();
  };
  return {
    logger,
    writeRequest: createRequestLog({ logger, output: lines, time, origin }),
    flush,
    close: () => {
      flush();
      file?.close();
    },
  };
}

const ERROR_LEVEL = 50;
const FATAL_LEVEL = 60;

function tellErrors({ onError, clock = systemClock }: LogOptions): Pick<LoggerOptions, 'hooks'> {
  if (onError === undefined) return {};
  return {
    hooks: {
      logMethod(words, write, level) {
        write.apply(this, words);
        if (level >= ERROR_LEVEL) onError(errorLine(words, { level: level >= FATAL_LEVEL ? 'fatal' : 'error', at: clock.now() }));
      },
    },
  };
}

/** The words as a caller wrote them: fields and a message, an error alone, or a message alone. */
function errorLine(words: readonly unknown[], line: Pick<ErrorLine, 'level' | 'at'>): ErrorLine {
  const [first, second] = words;
  const fields = (typeof first === 'object' && first !== null ? first : {}) as Readonly<Record<string, unknown>>;
  const error = first instanceof Error ? first : (fields['err'] ?? fields['error']);
  const known = error === undefined ? {} : errorFields(error);
  const message = typeof first === 'string' ? first : typeof second === 'string' ? second : 'error';
  return {
    ...line,
    message: scrub(message),
    type: error === undefined ? null : textIn(known, 'type'),
    detail: textIn(known, 'message'),
    stack: textIn(known, 'stack'),
    requestId: textIn(fields, 'requestId'),
  };
}

function textIn(fields: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = fields[key];
  return typeof value === 'string' ? value : null;
}

/** A log that nobody reads, for tests. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}

function fanOut(shown: DestinationStream, file: RotatingFile): FlushableStream {
  return {
    write: (line) => {
      shown.write(line);
      file.write(line);
    },
    flushSync: () => {
      flushStream(shown);
      file.flushSync();
    },
  };
}

function prettyStream(output: DestinationStream): FlushableStream {
  return { write: (line) => output.write(prettyLine(line)), flushSync: () => flushStream(output) };
}

function flushStream(stream: DestinationStream & { flushSync?: () => void }): void {
  stream.flushSync?.();
}

/** Many lines fall into one millisecond under load, so its text is made once. */
function isoTime(clock: Clock): () => string {
  let lastMs = Number.NaN;
  let text = '';
  return () => {
    const now = clock.now();
    if (now !== lastMs) {
      lastMs = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}

type ErrorFields = { readonly [key: string]: unknown };

/** Name, code, message, stack and causes of an error. Other fields are left out: drivers put whole rows and parameters there. */
function errorFields(error: unknown): ErrorFields {
  return fieldsOf(error, 5);
}

function fieldsOf(error: unknown, depth: number): ErrorFields {
  if (!(error instanceof Error)) return { message: scrub(String(error)) };
  return {
    type: error.name,
    message: scrub(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: scrub(error.stack ?? ''),
    ...(error.cause === undefined || depth === 0 ? {} : { cause: fieldsOf(error.cause, depth - 1) }),
  };
}
