import { isApiError } from '@holdfast/sdk';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import type { Translate } from '../../i18n/i18n.ts';
import { describeError } from '../describe-error.ts';

/** Codes that belong to one field although the server names no path. */
const FIELD_OF_CODE: Readonly<Record<string, string>> = {
  email_taken: 'email',
  username_taken: 'username',
  weak_password: 'password',
};

interface FormLike<Values extends FieldValues> {
  readonly fields: readonly Path<Values>[];
  readonly setError: UseFormSetError<Values>;
}

/** Puts what the server refused beside the fields it concerns. Answers what concerns the form as a whole, or null. */
export function takeProblem<Values extends FieldValues>(error: unknown, form: FormLike<Values>, t: Translate): string | null {
  if (!isApiError(error)) return describeError(error, t).detail;
  let placed = false;
  const put = (name: string | undefined, message: string): void => {
    const field = form.fields.find((known) => known === name);
    if (field === undefined) return;
    form.setError(field, { message }, { shouldFocus: !placed });
    placed = true;
  };
  for (const { path, message } of error.problem.errors ?? []) put(path.replace(/^\//, ''), message);
  const own = FIELD_OF_CODE[error.code];
  if (!placed && own !== undefined)
    put(
      form.fields.find((field) => field === own || field === `new${capital(own)}`),
      error.problem.detail,
    );
  return placed ? null : describeError(error, t).detail;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
