import type { WebhookWithSecret } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { webhooksQuery } from './notification-queries.ts';
import { WebhookCard } from './webhook-card.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookSecret } from './webhook-secret.tsx';
import './notifications.css';

/** All webhooks, and the way to add one. */
export function WebhookList() {
  const { t } = useTranslation();
  const query = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const add = (
    <Button
      look="primary"
      icon="plus"
      onClick={() => {
        setMade(null);
        setAdding(true);
      }}
    >
      {t('webhooks.add')}
    </Button>
  );
  return (
    <>
      <Loaded query={query} height={160}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <div className="card">
              <EmptyState icon="signal" title={t('webhooks.none')} action={add}>
                {t('webhooks.text')}
              </EmptyState>
            </div>
          ) : (
            <>
              <div className="row">{add}</div>
              <ul className="stack">
                {webhooks.map((webhook) => (
                  <WebhookCard key={webhook.id} webhook={webhook} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      <Dialog
        open={adding}
        title={t(made === null ? 'webhooks.add' : 'webhooks.created')}
        onClose={() => {
          setAdding(false);
        }}
      >
        {made === null ? <WebhookForm onMade={setMade} /> : <WebhookSecret secret={made.secret} />}
      </Dialog>
    </>
  );
}
