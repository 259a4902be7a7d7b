import type { ApiKey, NewApiKey } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Age, Moment } from '../../ui/figures/age.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { NewApiKeyDialog } from './new-api-key-dialog.tsx';
import { apiKeysQuery } from './security-queries.ts';
import { ShownKey } from './shown-key.tsx';

/** Keys for programs. A new one is shown until it is said to be kept. */
export function ApiKeysCard({ isAdmin }: { readonly isAdmin: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(apiKeysQuery);
  const [isAsking, setIsAsking] = useState(false);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => api.security.revokeApiKey(key.id),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('security.keyRevoked') });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: refresh,
  });
  return (
    <section className="card" aria-labelledby="api-keys">
      <h2 id="api-keys">{t('security.apiKeys')}</h2>
      <p className="muted">{t('security.apiKeysText')}</p>
      {made !== null && (
        <ShownKey
          made={made}
          onDone={() => {
            setMade(null);
          }}
        />
      )}
      <Loaded query={query} height={96}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState title={t('security.noKeys')} />
          ) : (
            <ul className="stack">
              {keys.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => !revoke.isPending && revoke.mutate(key)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <div className="row end">
        <Button
          look="primary"
          icon="plus"
          onClick={() => {
            setIsAsking(true);
          }}
        >
          {t('security.newKey')}
        </Button>
      </div>
      <NewApiKeyDialog
        open={isAsking}
        isAdmin={isAdmin}
        onClose={() => {
          setIsAsking(false);
        }}
        onMade={(key) => {
          setIsAsking(false);
          setMade(key);
          void refresh();
        }}
      />
    </section>
  );
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="row between">
      <div className="grow">
        <div className="row tight">
          <span className="strong">{apiKey.name}</span>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope} look="soft">
              {t(`security.scope.${scope}`)}
            </Badge>
          ))}
        </div>
        <div className="small faint">
          <code>{apiKey.start}…</code> ·{' '}
          {apiKey.lastUsedAt === null ? (
            t('security.neverUsed')
          ) : (
            <>
              {t('security.lastUsed')} <Age at={apiKey.lastUsedAt} />
            </>
          )}{' '}
          ·{' '}
          {apiKey.expiresAt === null ? (
            t('security.noEnd')
          ) : (
            <>
              {t('security.ends')} <Moment at={apiKey.expiresAt} />
            </>
          )}
        </div>
      </div>
      <IconButton icon="trash" label={t('security.revokeNamed', { name: apiKey.name })} onClick={onRevoke} />
    </li>
  );
}
