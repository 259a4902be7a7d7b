import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import type { Passkey } from '@holdfast/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Age, Moment } from '../../ui/figures/age.tsx';

import { EmptyState, Loaded, Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { RenamePasskey } from './rename-passkey.tsx';
import { passkeysQuery } from './security-queries.ts';

type Asked = { readonly what: 'add' } | { readonly what: 'rename' | 'remove'; readonly passkey: Passkey };

/** Passkeys sign in without a password, with the finger, face or PIN of a device. */
export function PasskeysCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(passkeysQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => {
    setAsked(null);
  };
  const done = async (): Promise<void> => {
    close();
    await client.invalidateQueries({ queryKey: passkeysQuery.queryKey });
  };
  const remove = async (password: string): Promise<void> => {
    if (asked?.what !== 'remove') return;
    await api.security.removePasskey(asked.passkey.id, password);
    showToast({ look: 'ok', text: t('security.passkeyRemoved') });
    await done();
  };
  const canAdd = browserSupportsWebAuthn();
  return (
    <section className="card" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('security.passkeys')}</h2>
      <p className="muted">{t('security.passkeysText')}</p>
      {!canAdd && <Notice look="warn">{t('security.noPasskeysHere')}</Notice>}
      <Loaded query={query} height={96}>
        {(passkeys) =>
          passkeys.length === 0 ? (
            <EmptyState title={t('security.noPasskeys')} />
          ) : (
            <ul className="stack">
              {passkeys.map((passkey) => (
                <PasskeyRow key={passkey.id} passkey={passkey} onAsk={setAsked} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {canAdd && (
        <div className="row end">
          <Button
            look="primary"
            icon="plus"
            onClick={() => {
              setAsked({ what: 'add' });
            }}
          >
            {t('security.addPasskey')}
          </Button>
        </div>
      )}
      <AddPasskey open={asked?.what === 'add'} onClose={close} onDone={done} />
      {asked?.what === 'rename' && <RenamePasskey passkey={asked.passkey} onClose={close} onDone={done} />}
      <PasswordDialog
        open={asked?.what === 'remove'}
        title={t('security.removePasskey', { name: asked !== null && asked.what !== 'add' ? asked.passkey.name : '' })}
        text={t('security.removePasskeyText')}
        button={t('security.remove')}
        danger
        onClose={close}
        onConfirm={remove}
      />
    </section>
  );
}

function PasskeyRow({ passkey, onAsk }: { readonly passkey: Passkey; readonly onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <li className="row between">
      <div className="grow">
        <div className="row tight">
          <span className="strong">{passkey.name}</span>
          {passkey.backedUp && <Badge look="soft">{t('security.synced')}</Badge>}
        </div>
        <div className="small faint">
          {t('security.added')} <Moment at={passkey.createdAt} /> ·{' '}
          {passkey.lastUsedAt === null ? (
            t('security.neverUsed')
          ) : (
            <>
              {t('security.lastUsed')} <Age at={passkey.lastUsedAt} />
            </>
          )}
        </div>
      </div>
      <IconButton
        icon="edit"
        label={t('security.renameNamed', { name: passkey.name })}
        onClick={() => {
          onAsk({ what: 'rename', passkey });
        }}
      />
      <IconButton
        icon="trash"
        label={t('security.removeNamed', { name: passkey.name })}
        onClick={() => {
          onAsk({ what: 'remove', passkey });
        }}
      />
    </li>
  );
}
