import { randomBytes } from 'node:crypto';

/** An error as the log has it: scrubbed, and without fields that may hold rows. */
export interface ErrorReport {
  readonly level: 'error' | 'fatal';
  readonly message: string;
  readonly at: number;
  readonly type: string | null;
  readonly detail: string | null;
  readonly stack: string | null;
  readonly requestId: string | null;
}

export interface ErrorReports {
  /** Sends the report apart from whoever met the error. Never throws; of a flood only the first of each minute are sent. */
  send(report: ErrorReport): void;
  /** Waits for what is on its way. */
  close(): Promise<void>;
}

export interface SentryDsn {
  readonly url: string;
  readonly key: string;
}

/** `https://KEY@host/PROJECT`, with a path before the project where the service lies below one. Null where it is none. */
export function readSentryDsn(text: string): SentryDsn | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, host, pathname } = new URL(text);
  const parts = pathname.split('/').filter((part) => part !== '');
  const project = parts.pop();
  if (!/^https?:$/.test(protocol) || username === '' || project === undefined || !/^\d+$/.test(project)) return null;
  return { url: `${protocol}//${[host, ...parts].join('/')}/api/${project}/envelope/`, key: username };
}

export interface SentryOptions extends SentryDsn {
  readonly release: string;
  readonly environment: string;
}

const MOST_PER_MINUTE = 30;
const MINUTE_MS = 60_000;
const TIMEOUT_MS = 5_000;

/** Speaks Sentry's envelope protocol (develop.sentry.dev, "Envelopes" and "Event Payloads"), which GlitchTip and others take as well. */
export function sentryReports({ url, key, release, environment }: SentryOptions): ErrorReports {
  const under = new Set<Promise<unknown>>();
  let minute = -1;
  let sent = 0;
  return {
    send(report) {
      const now = Math.floor(report.at / MINUTE_MS);
      if (now !== minute) [minute, sent] = [now, 0];
      if (sent === MOST_PER_MINUTE) return;
      sent += 1;
      const sending = fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-sentry-envelope',
          'x-sentry-auth': `Sentry sentry_version=7, sentry_client=holdfast/${release}, sentry_key=${key}`,
        },
        body: envelopeOf(report, { release, environment }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
        .then((answer) => answer.body?.cancel())
        // The log has the error already; that nobody else hears of it is no further one.
        .catch(() => undefined)
        .finally(() => under.delete(sending));
      under.add(sending);
    },
    close: async () => void (await Promise.all(under)),
  };
}

function envelopeOf(report: ErrorReport, origin: Pick<SentryOptions, 'release' | 'environment'>): string {
  const eventId = randomBytes(16).toString('hex');
  const sentAt = new Date(report.at).toISOString();
  const event = {
    event_id: eventId,
    timestamp: sentAt,
    platform: 'node',
    level: report.level,
    logger: 'holdfast',
    ...origin,
    message: { formatted: report.message },
    ...(report.requestId === null ? {} : { tags: { requestId: report.requestId } }),
    ...(report.type === null ? {} : { exception: { values: [exceptionOf(report)] } }),
  };
  return [{ event_id: eventId, sent_at: sentAt }, { type: 'event' }, event].map((part) => JSON.stringify(part)).join('\n');
}

function exceptionOf({ type, detail, stack }: ErrorReport) {
  const frames = (stack ?? '').split('\n').flatMap(frameOf).reverse();
  return { type, value: detail ?? '', ...(frames.length === 0 ? {} : { stacktrace: { frames } }) };
}

/** `at name (file:line:column)`, or without a name. The oldest call comes first in a report and last in a stack. */
function frameOf(line: string) {
  const found = /^\s+at (?:(.+) \()?(.+):(\d+):(\d+)\)?$/.exec(line);
  if (found === null) return [];
  const [, name = '?', filename = '', lineNumber, column] = found;
  return [{ function: name, filename, lineno: Number(lineNumber), colno: Number(column), in_app: !filename.includes('node_modules') }];
}
