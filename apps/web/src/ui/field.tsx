import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes } from 'react';
import { Icon } from './icon.tsx';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  /** Says "optional" after the label; required fields say nothing. */
  readonly optional?: string;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** Label above, what is wrong below and tied to the control, so that a screen reader says it with the field. */
export function Field({ label, hint, problem, optional, children }: FieldProps & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const notes = [problem === undefined ? '' : `${id}-problem`, hint === undefined ? '' : `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional !== undefined && <span className="optional"> · {optional}</span>}
      </label>
      {children({ id, 'aria-describedby': notes === '' ? undefined : notes, 'aria-invalid': problem === undefined ? undefined : true })}
      {problem !== undefined && (
        <p className="problem" id={`${id}-problem`}>
          <Icon name="warning" size={16} />
          <span>{problem}</span>
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps &
  InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement>; readonly suffix?: string | undefined };

export function TextField({ label, hint, problem, optional, suffix, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} {...defined({ hint, problem, optional })}>
      {(wiring) => (
        <div className={suffix === undefined ? undefined : 'input-group'}>
          <input className={`input ${className ?? ''}`} {...input} {...wiring} />
          {suffix !== undefined && <span className="suffix">{suffix}</span>}
        </div>
      )}
    </Field>
  );
}

type SelectFieldProps = FieldProps & SelectHTMLAttributes<HTMLSelectElement> & { readonly ref?: Ref<HTMLSelectElement> };

export function SelectField({ label, hint, problem, optional, children, className, ...select }: SelectFieldProps) {
  return (
    <Field label={label} {...defined({ hint, problem, optional })}>
      {(wiring) => (
        <select className={`input ${className ?? ''}`} {...select} {...wiring}>
          {children}
        </select>
      )}
    </Field>
  );
}

/** Leaves out what is undefined, since a property that may be missing is not a property that may be undefined. */
function defined<Shape extends object>(shape: Shape): { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Shape]?: Exclude<Shape[Name], undefined>;
  };
}
