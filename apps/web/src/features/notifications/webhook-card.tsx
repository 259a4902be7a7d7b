import type { Webhook, WebhookWithSecret } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { webhooksQuery } from './notification-queries.ts';
import { WebhookLog } from './webhook-log.tsx';
import { WebhookSecret } from './webhook-secret.tsx';

type Layer = 'log' | 'remove' | 'rotate' | null;

/** One webhook: how it stands, and what can be done with it. */
export function WebhookCard({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const [layer, setLayer] = useState<Layer>(null);
  const close = (): void => {
    setLayer(null);
  };
  const { host } = new URL(webhook.url);
  return (
    <li className="card">
      <WebhookFacts webhook={webhook} />
      <WebhookActions webhook={webhook} onLayer={setLayer} />
      <Dialog look="sheet" open={layer === 'log'} title={t('webhooks.logOf', { host })} onClose={close}>
        <WebhookLog id={webhook.id} />
      </Dialog>
      <Dialog open={layer === 'rotate'} title={t('webhooks.rotate')} onClose={close}>
        <RotateSecret webhook={webhook} />
      </Dialog>
      <Dialog open={layer === 'remove'} title={t('webhooks.removeTitle', { host })} onClose={close}>
        <RemoveWebhook webhook={webhook} onDone={close} />
      </Dialog>
    </li>
  );
}

function WebhookActions({ webhook, onLayer }: { readonly webhook: Webhook; readonly onLayer: (layer: Layer) => void }) {
  const { t } = useTranslation();
  const { test, change } = useWebhookActions(webhook, () => {
    onLayer('log');
  });
  return (
    <div className="row">
      {webhook.isEnabled && (
        <Button
          size="small"
          busy={test.isPending}
          onClick={() => {
            test.mutate();
          }}
        >
          {t('webhooks.test')}
        </Button>
      )}
      <Button
        size="small"
        onClick={() => {
          onLayer('log');
        }}
      >
        {t('webhooks.log')}
      </Button>
      <Button
        size="small"
        onClick={() => {
          onLayer('rotate');
        }}
      >
        {t('webhooks.rotate')}
      </Button>
      <Button
        size="small"
        busy={change.isPending}
        onClick={() => {
          change.mutate({ isEnabled: !webhook.isEnabled });
        }}
      >
        {t(webhook.isEnabled ? 'webhooks.disable' : 'webhooks.enable')}
      </Button>
      <Button
        size="small"
        look="plain"
        icon="trash"
        onClick={() => {
          onLayer('remove');
        }}
      >
        {t('webhooks.remove')}
      </Button>
    </div>
  );
}

function WebhookFacts({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const { url, description, kinds, isEnabled, disabledBecause, failures, previousSecretUntil } = webhook;
  return (
    <>
      <div className="row tight">
        <h2 className="webhook-url">{description === '' ? new URL(url).host : description}</h2>
        <Badge look={isEnabled ? 'ok' : 'warn'}>{t(isEnabled ? 'webhooks.on' : 'webhooks.off')}</Badge>
      </div>
      <p className="muted webhook-url">{url}</p>
      <p className="small faint">
        {kinds === null ? t('webhooks.allKinds') : kinds.map((kind) => t(`notifications.kind.${kind}`)).join(' · ')}
      </p>
      {disabledBecause !== null && <Notice look="warn">{t(`webhooks.because.${disabledBecause}`)}</Notice>}
      {isEnabled && failures > 0 && <Notice look="warn">{t('webhooks.failures', { count: failures })}</Notice>}
      {previousSecretUntil !== null && Date.parse(previousSecretUntil) > Date.now() && (
        <p className="small faint">
          {t('webhooks.overlap')} <Moment at={previousSecretUntil} />
        </p>
      )}
    </>
  );
}

function useWebhookActions({ id }: Webhook, onTested: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const onError = (error: Error): void => {
    showToast({ look: 'danger', text: describeError(error, t).detail });
  };
  const onSettled = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
  const test = useMutation({
    mutationFn: () => api.webhooks.test(id),
    onSuccess: () => {
      onTested();
      showToast({ look: 'plain', text: t('webhooks.tested') });
    },
    onError,
    onSettled,
  });
  const change = useMutation({
    mutationFn: (wanted: { readonly isEnabled: boolean }) => api.webhooks.change(id, wanted),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('state.saved') });
    },
    onError,
    onSettled,
  });
  return { test, change };
}

function RotateSecret({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const rotate = useMutation({
    mutationFn: () => api.webhooks.rotateSecret(webhook.id, key),
    onSuccess: async (answer) => {
      setMade(answer);
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
  if (made !== null) return <WebhookSecret secret={made.secret} />;
  return (
    <div className="stack">
      <p>{t('webhooks.rotateText')}</p>
      <div className="row end">
        <Button
          look="primary"
          busy={rotate.isPending}
          onClick={() => {
            rotate.mutate();
          }}
        >
          {t('webhooks.rotate')}
        </Button>
      </div>
    </div>
  );
}

function RemoveWebhook({ webhook, onDone }: { readonly webhook: Webhook; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.webhooks.remove(webhook.id),
    onSuccess: async () => {
      onDone();
      showToast({ look: 'ok', text: t('webhooks.removed') });
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
  return (
    <div className="stack">
      <p>{t('webhooks.removeText')}</p>
      <div className="row end">
        <Button onClick={onDone}>{t('action.cancel')}</Button>
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() => {
            remove.mutate();
          }}
        >
          {t('webhooks.remove')}
        </Button>
      </div>
    </div>
  );
}
