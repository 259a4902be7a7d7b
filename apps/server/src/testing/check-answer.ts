/** Holds an answer against the contract: its status is documented, its body has what the schema says and nothing else. */
import { ERRORS, Problem, commonErrors, isErrorCode } from '@holdfast/contract';
import type { ErrorCode, Route } from '@holdfast/contract';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';

export interface SeenAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
}

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv, ['uuid', 'date-time', 'uri']);
const validators = new Map<TSchema, ValidateFunction>();

/** What is wrong with the answer, as sentences; none is good. `route` is null where no route was found. */
export function faultsOfAnswer(route: Route | null, answer: SeenAnswer): readonly string[] {
  const { status, contentType = '', text } = answer;
  const schema = route?.answers[status];
  if (schema === null) return text === '' ? [] : [`status ${status} is documented without a body, and has one`];
  if (schema !== undefined && !contentType.startsWith('application/problem+json')) {
    if (route?.produces !== undefined) {
      const types = [route.produces].flat();
      return types.some((type) => contentType.startsWith(type)) ? [] : [`${contentType} is not ${types.join(' or ')}`];
    }
    return contentType.startsWith('application/json') ? faultsOf(schema, text) : [`${contentType} is not application/json`];
  }
  if (status < 400) return [`status ${status} is not documented`];
  return route?.door === undefined ? faultsOfProblem(route, answer) : faultsAtDoor(route, answer);
}

/** An error in the shape of an older document: `detail`, and 400 where the others say 422. */
function faultsAtDoor(route: Route, { status, contentType = '', text }: SeenAnswer): readonly string[] {
  if (!contentType.startsWith('application/json')) return [`an error at a door is answered as ${contentType}`];
  const { code, detail } = JSON.parse(text) as { readonly code: string; readonly detail: unknown };
  if (!isErrorCode(code)) return [`the error code ${code} is not known`];
  const faults = typeof detail === 'string' ? [] : ['the error has no detail'];
  const meant = ERRORS[code].status === 422 ? 400 : ERRORS[code].status;
  if (meant !== status) faults.push(`${code} has status ${meant} at a door, not ${status}`);
  return [...faults, ...undocumented(route, code)];
}

function faultsOfProblem(route: Route | null, { status, contentType = '', text }: SeenAnswer): readonly string[] {
  if (!contentType.startsWith('application/problem+json')) return [`an error is answered as ${contentType}`];
  const { code } = JSON.parse(text) as { readonly code: string };
  if (!isErrorCode(code)) return [`the error code ${code} is not known`];
  const faults = [...faultsOf(Problem, text)];
  if (ERRORS[code].status !== status) faults.push(`${code} has status ${ERRORS[code].status}, not ${status}`);
  return [...faults, ...undocumented(route, code)];
}

function undocumented(route: Route | null, code: ErrorCode): readonly string[] {
  if (code === 'internal') return ['an unforeseen error happened'];
  const documented: readonly string[] = route === null ? ['not_found', 'method_not_allowed'] : [...route.errors, ...commonErrors(route)];
  return documented.includes(code) || ['unknown_host', 'unparsable', 'https_required'].includes(code)
    ? []
    : [`the error ${code} is not documented`];
}

function faultsOf(schema: TSchema, text: string): readonly string[] {
  let validate = validators.get(schema);
  if (validate === undefined) validators.set(schema, (validate = ajv.compile(schema)));
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || 'the body'} ${message ?? 'is wrong'} ${JSON.stringify(params)}`,
  );
}
