import type { NewApiKey } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import './security.css';

/** A key that was just made: the one time that it can be read. */
export function ShownKey({ made, onDone }: { readonly made: NewApiKey; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(made.key);
    showToast({ look: 'ok', text: t('security.copied') });
  };
  return (
    <Notice look="warn">
      <div className="stack" role="status">
        <p>{t('security.keyShown', { name: made.name })}</p>
        <code className="secret-text">{made.key}</code>
        <div className="row end">
          {/* Browsers copy only where the page came over TLS or from this machine. */}
          {globalThis.isSecureContext && <Button onClick={() => void copy()}>{t('security.copy')}</Button>}
          <Button look="primary" onClick={onDone}>
            {t('security.kept')}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
