import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchTellingProgress } from './fetch-telling-progress.ts';

/** As much of a browser's XMLHttpRequest as is used, driven by the test. */
class FakeRequest {
  static last: FakeRequest;
  readonly sent: Record<string, string> = {};
  readonly upload: { onprogress?: (event: object) => void } = {};
  status = 0;
  responseText = '';
  opened = '';
  onload?: () => void;
  onabort?: () => void;
  onerror?: () => void;
  onloadend?: () => void;
  constructor() {
    FakeRequest.last = this;
  }
  open(method: string, url: string) {
    this.opened = `${method} ${url}`;
  }
  setRequestHeader(name: string, value: string) {
    this.sent[name] = value;
  }
  getAllResponseHeaders() {
    return 'content-type: application/json\r\nretry-after: 3\r\n';
  }
  send() {
    return undefined;
  }
  abort() {
    this.onabort?.();
  }
}

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('how much was sent is told, and the answer is that of a fetch', async () => {
  const shares: number[] = [];
  const asked = fetchTellingProgress((share) => shares.push(share))('/documents', { method: 'POST', headers: { 'x-csrf-token': 'c' } });
  const request = FakeRequest.last;
  request.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 });
  request.upload.onprogress?.({ lengthComputable: false });
  request.status = 429;
  request.responseText = '{"code":"rate_limited"}';
  request.onload?.();
  const answer = await asked;
  expect([request.opened, request.sent, shares]).toEqual(['POST /documents', { 'x-csrf-token': 'c' }, [0.25]]);
  expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([429, '3', { code: 'rate_limited' }]);
});

test('giving up ends it, and a line that is down is a failed fetch', async () => {
  const stop = new AbortController();
  const asked = fetchTellingProgress(() => undefined)('/documents', { method: 'POST', signal: stop.signal });
  stop.abort();
  await expect(asked).rejects.toThrow('given up');
  const failing = fetchTellingProgress(() => undefined)('/documents', { method: 'POST' });
  FakeRequest.last.onerror?.();
  await expect(failing).rejects.toBeInstanceOf(TypeError);
});
