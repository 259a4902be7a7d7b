/**
 * Every error the API can answer: status, title, and whether trying again can help.
 * The server throws by code, the documents print this table, clients branch on `code`.
 */
export interface ErrorMeaning {
  readonly status: number;
  readonly title: string;
  /** `never`: the same request fails again. `later`: it may succeed after a wait. `changed`: after something else changes. */
  readonly retry: 'never' | 'later' | 'changed';
}

const of = (status: number, title: string, retry: ErrorMeaning['retry'] = 'never'): ErrorMeaning => ({ status, title, retry });

export const ERRORS = {
  unparsable: of(400, 'The request could not be read'),
  invalid_request: of(400, 'The request is not valid'),
  unauthenticated: of(401, 'Sign in first'),
  invalid_credentials: of(401, 'E-mail or password is wrong'),
  second_factor_required: of(401, 'A second factor is required'),
  invalid_refresh_token: of(401, 'The session cannot be renewed'),
  forbidden: of(403, 'Your role does not allow this'),
  insufficient_scope: of(403, 'The API key is not allowed to do this'),
  csrf_failed: of(403, 'The request did not come from a page of this site'),
  https_required: of(403, 'Use HTTPS'),
  plan_limit: of(403, 'Your plan does not allow this', 'changed'),
  unknown_host: of(400, 'The host name is not served here'),
  not_found: of(404, 'Not found'),
  method_not_allowed: of(405, 'This address does not take that method'),
  conflict: of(409, 'The request does not fit the present state', 'changed'),
  email_taken: of(409, 'The e-mail address has an account already'),
  username_taken: of(409, 'The user name is taken'),
  client_order_id_taken: of(409, 'The client order id was used for another order'),
  order_final: of(409, 'The order is final', 'never'),
  portfolio_kind: of(409, 'The kind of portfolio does not allow this'),
  portfolio_archived: of(409, 'The portfolio is archived', 'changed'),
  ambiguous_symbol: of(409, 'The symbol means more than one instrument'),
  symbol_taken: of(409, 'The symbol is taken'),
  import_exists: of(409, 'The file was imported before'),
  secret_already_shown: of(409, 'The secret was shown once and is not shown again'),
  report_not_ready: of(409, 'The report is not ready', 'later'),
  request_in_progress: of(409, 'The same request is being worked on', 'later'),
  document_unreadable: of(409, 'The document cannot be read', 'changed'),
  document_quota: of(409, 'There is no room for the document', 'changed'),
  upgrade_required: of(426, 'A WebSocket is spoken here'),
  too_large: of(413, 'The request is too large'),
  range_not_satisfiable: of(416, 'The file has no such part'),
  unsupported_media_type: of(415, 'The content type is not supported'),
  invalid_value: of(422, 'A value is not allowed'),
  unknown_field: of(422, 'A field is not known'),
  idempotency_key_reused: of(422, 'The idempotency key was used with another request'),
  invalid_token: of(422, 'The link has ended or was used'),
  weak_password: of(422, 'The password is too weak'),
  insufficient_cash: of(422, 'The portfolio does not have the cash', 'changed'),
  insufficient_position: of(422, 'The portfolio does not hold the quantity', 'changed'),
  unknown_symbol: of(422, 'The symbol is not known'),
  instrument_inactive: of(422, 'The instrument is not traded'),
  market_closed: of(422, 'The market is closed', 'later'),
  stale_quote: of(422, 'The price is too old to trade on', 'later'),
  no_quote: of(422, 'There is no price to trade on', 'later'),
  stop_reached: of(422, 'The stop is reached already', 'changed'),
  tick_size: of(422, 'The price is not on the tick'),
  order_too_large: of(422, 'The order is too large'),
  order_too_small: of(422, 'The order is too small'),
  would_not_fill: of(422, 'The order cannot be filled at once', 'changed'),
  no_exchange_rate: of(422, 'There is no exchange rate', 'later'),
  too_many_open_orders: of(422, 'The portfolio has too many open orders', 'changed'),
  document_infected: of(422, 'The scanner found something harmful'),
  report_too_large: of(422, 'The report is too large to wait for', 'changed'),
  rate_limited: of(429, 'Too many requests', 'later'),
  internal: of(500, 'Something went wrong here', 'later'),
  unavailable: of(503, 'The service is not available for a moment', 'later'),
  timeout: of(504, 'The request took too long', 'later'),
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}
