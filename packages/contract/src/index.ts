/** The wire, as data: routes, messages, error codes. Knows neither the server nor the engine. */
export { allRoutes } from './all-routes.ts';
export { ERRORS, isErrorCode } from './error-codes.ts';
export type { ErrorCode, ErrorMeaning } from './error-codes.ts';
export { createOpenApi, errorsOf } from './open-api.ts';
export { commonErrors, route } from './route.ts';
export type { Access, AnswerOf, BodyOf, Method, ParamsOf, QueryOf, Route, RouteScope } from './route.ts';
export {
  Closed,
  Currency,
  Day,
  Email,
  Exact,
  ExactInput,
  Id,
  Instant,
  Items,
  Nullable,
  OneOf,
  Page,
  PageQuery,
  Problem,
  Symbol,
} from './shapes.ts';
