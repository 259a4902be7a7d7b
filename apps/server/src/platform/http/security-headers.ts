/** Headers on every answer. Pages may load what is ours and nothing else; an answer of the API may load nothing at all. */
export type Headers = readonly (readonly [name: string, value: string])[];

const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export interface SecurityHeaders {
  readonly page: Headers;
  /** Only what means something for an answer that is no page: each header costs about half a microsecond, on every request. */
  readonly answer: Headers;
}

export function securityHeaders(production: boolean): SecurityHeaders {
  const always: Headers = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ...(production ? ([['strict-transport-security', 'max-age=31536000; includeSubDomains']] as const) : []),
  ];
  return {
    answer: [...always, ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"]],
    page: [
      ...always,
      ['content-security-policy', PAGE_POLICY],
      ['x-frame-options', 'DENY'],
      ['cross-origin-opener-policy', 'same-origin'],
      ['cross-origin-resource-policy', 'same-origin'],
      ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()'],
    ],
  };
}
