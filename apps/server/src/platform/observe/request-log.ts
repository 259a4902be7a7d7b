import type { DestinationStream, Logger } from 'pino';

/** What is told of a finished request. Every text is made by the server or checked by it, so that none needs escaping in JSON. */
export interface RequestLine {
  /** At most 64 letters, digits, dots, colons, dashes. */
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern, never the address: that may hold what is private. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly userId: string | null;
}

export interface RequestLogNeeds {
  readonly logger: Logger;
  readonly output: DestinationStream;
  /** The time as the logger writes it: a comma, the key and the value. */
  readonly time: () => string;
  /** What every line says besides. */
  readonly origin: Readonly<Record<string, string | number>>;
}

/** Writes lines of the same shape as the logger's own, at level info, without its general way: this is on every request. */
export function createRequestLog({ logger, output, time, origin }: RequestLogNeeds): (line: RequestLine) => void {
  const fixed = JSON.stringify(origin).slice(1, -1);
  return ({ requestId, method, route, status, durationMs, userId }) => {
    if (!logger.isLevelEnabled('info')) return;
    const user = userId === null ? 'null' : `"${userId}"`;
    output.write(
      `{"level":"info"${time()},${fixed},"requestId":"${requestId}","method":"${method}","route":"${route}","status":${status},"durationMs":${durationMs},"userId":${user},"message":"request"}\n`,
    );
  };
}
