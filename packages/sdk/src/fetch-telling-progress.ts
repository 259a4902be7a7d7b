type FetchOfText = (address: string, init?: RequestInit) => Promise<Response>;

/** A fetch over XMLHttpRequest, which tells how much of the body was sent. For text answers to forms of a browser's own page. */
export function fetchTellingProgress(onProgress: (share: number) => void): FetchOfText {
  return (address, init = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const { signal } = init;
      const abort = (): void => {
        request.abort();
      };
      request.open(init.method ?? 'GET', address);
      request.withCredentials = init.credentials === 'include';
      for (const [name, value] of new Headers(init.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      };
      request.onload = () => {
        resolve(
          new Response(request.status === 204 ? null : request.responseText, { status: request.status, headers: headersOf(request) }),
        );
      };
      request.onerror = () => {
        reject(new TypeError('The request failed.'));
      };
      request.onabort = () => {
        reject(new DOMException('The request was given up.', 'AbortError'));
      };
      request.onloadend = () => {
        signal?.removeEventListener('abort', abort);
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted === true) abort();
      request.send((init.body ?? null) as XMLHttpRequestBodyInit | null);
    });
}

function headersOf(request: XMLHttpRequest): Headers {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
