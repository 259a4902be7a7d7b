import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';

/** Shown once, right after it was made. */
export function WebhookSecret({ secret }: { readonly secret: string }) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <h3>{t('webhooks.secret')}</h3>
      <Notice look="warn">{t('webhooks.secretText')}</Notice>
      <code className="webhook-secret">{secret}</code>
      <div className="row end">
        <Button
          onClick={() => {
            void navigator.clipboard.writeText(secret).then(() => {
              showToast({ look: 'ok', text: t('webhooks.copied') });
            });
          }}
        >
          {t('webhooks.copy')}
        </Button>
      </div>
    </div>
  );
}
