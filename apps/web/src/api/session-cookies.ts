/** Everything the app knows about how a browser session is carried. The session itself sits in cookies that no script can read. */
const CSRF_COOKIE = 'holdfast_csrf';

/** The readable half of the CSRF pair; the server compares it with the one it set. With TLS its name carries the `__Host-` prefix. */
export function readCsrfToken(cookies: string = document.cookie): string | null {
  for (const pair of cookies.split(';')) {
    const [name = '', ...value] = pair.trim().split('=');
    if (name === CSRF_COOKIE || name === `__Host-${CSRF_COOKIE}`) return decodeURIComponent(value.join('='));
  }
  return null;
}

/** False when nobody can be signed in here, so that the first page asks nothing it knows the answer of. */
export function mayBeSignedIn(): boolean {
  return readCsrfToken() !== null;
}

/** Says that this is the web app (so that tokens stay in cookies), and proves on writes that the page is ours. */
export function sessionHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { 'x-holdfast-client': 'web' };
  const token = method === 'GET' ? null : readCsrfToken();
  if (token !== null) headers['x-csrf-token'] = token;
  return headers;
}
