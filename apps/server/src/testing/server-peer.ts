/** A server process as its callers see it: requests over HTTP, each answer read whole. */
import type { ServerProcess } from './server-process.ts';

export interface PeerAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The parsed body as the type that the test expects. */
  as<Body>(): Body;
}

export interface ServerPeer {
  get(path: string): Promise<PeerAnswer>;
  post(path: string, body?: object): Promise<PeerAnswer>;
  put(path: string, body: object): Promise<PeerAnswer>;
}

/** Asks below /api/v1, as the owner of the token where there is one. */
export function serverPeer({ url }: Pick<ServerProcess, 'url'>, token?: string): ServerPeer {
  const ask = async (method: string, path: string, body?: object): Promise<PeerAnswer> => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed: unknown = text === '' ? null : JSON.parse(text);
    return { status: answer.status, body: parsed, as: <Body>() => parsed as Body };
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
  };
}
