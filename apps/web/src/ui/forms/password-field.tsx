import { useState, type InputHTMLAttributes, type Ref } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { IconButton } from '../button.tsx';
import { Field } from '../field.tsx';

interface PasswordFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly hint?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A password that can be looked at while it is typed. Pasting and password stores work. */
export function PasswordField({ label, problem, hint, ...input }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} {...(problem === undefined ? {} : { problem })} {...(hint === undefined ? {} : { hint })}>
      {(wiring) => (
        <div className="input-group">
          <input className="input" type={shown ? 'text' : 'password'} autoCapitalize="none" spellCheck={false} {...input} {...wiring} />
          <IconButton
            icon={shown ? 'eye-off' : 'eye'}
            label={shown ? t('auth.hidePassword') : t('auth.showPassword')}
            aria-pressed={shown}
            onClick={() => {
              setShown(!shown);
            }}
          />
        </div>
      )}
    </Field>
  );
}
