import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import { isApiError, type SignedIn } from '@holdfast/sdk';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';

interface PasskeyButtonProps {
  readonly onDone: (opened: SignedIn) => void;
  /** Null clears what was said before. */
  readonly onProblem: (text: string | null) => void;
}

/** Signs in with a passkey, without a name. Nothing where the browser knows none. */
export function PasskeyButton({ onDone, onProblem }: PasskeyButtonProps) {
  const { t } = useTranslation();
  const login = useMutation({
    mutationFn: async (): Promise<SignedIn> => {
      const options = await api.security.startPasskeyLogin();
      const proof = await startAuthentication({ optionsJSON: options });
      return api.security.loginWithPasskey({ credential: proof });
    },
    onMutate: () => {
      onProblem(null);
    },
    onSuccess: onDone,
    onError: (error) => {
      if (!isApiError(error)) onProblem(t('auth.passkeyFailed'));
      else onProblem(error.code === 'invalid_credentials' ? t('auth.passkeyUnknown') : describeError(error, t).detail);
    },
  });
  if (!browserSupportsWebAuthn()) return null;
  return (
    <Button
      size="large"
      busy={login.isPending}
      onClick={() => {
        login.mutate();
      }}
    >
      {t('auth.withPasskey')}
    </Button>
  );
}
