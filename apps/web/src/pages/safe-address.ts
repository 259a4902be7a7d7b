/** Where to go after signing in: a page of this app, never another site that somebody wrote into a link. */
export function safeAddress(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next) || /^\/(login|register)\b/.test(next) || hasControl(next)) return '/home';
  return next;
}

/** Browsers drop tabs and line ends from addresses, so that "/\t/evil.example" would become another site. */
function hasControl(text: string): boolean {
  return [...text].some((letter) => letter <= ' ');
}
