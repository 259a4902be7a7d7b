import type { TotpSecret, TotpState } from '@holdfast/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { RecoveryCodeList } from './recovery-code-list.tsx';
import { totpQuery } from './security-queries.ts';
import { TotpSetup } from './totp-setup.tsx';
import './security.css';

type Asked = 'none' | 'enrol' | 'disable' | 'renew';

/** The second factor: off, being set up, or on, with its recovery codes. */
export function TotpCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(totpQuery);
  const [asked, setAsked] = useState<Asked>('none');
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: totpQuery.queryKey });
  const confirm = async (password: string): Promise<void> => {
    if (asked === 'enrol') setSecret(await api.security.enrolTotp(password));
    else if (asked === 'renew') setCodes((await api.security.renewRecoveryCodes(password)).recoveryCodes);
    else {
      await api.security.disableTotp(password);
      showToast({ look: 'ok', text: t('security.totpIsOff') });
    }
    setAsked('none');
    await refresh();
  };
  const show = (): void => {
    setCodes(null);
    setSecret(null);
  };
  const words = asked === 'none' ? 'enrol' : asked;
  return (
    <section className="card" aria-labelledby="totp">
      <h2 id="totp">{t('security.totp')}</h2>
      <p className="muted">{t('security.totpText')}</p>
      {codes !== null ? (
        <RecoveryCodeList codes={codes} onDone={show} />
      ) : secret !== null ? (
        <TotpSetup
          secret={secret}
          onCancel={show}
          onDone={(fresh) => {
            setSecret(null);
            setCodes(fresh);
            void refresh();
          }}
        />
      ) : (
        <Loaded query={query} height={48}>
          {(state) => <TotpButtons state={state} onAsk={setAsked} />}
        </Loaded>
      )}
      <PasswordDialog
        open={asked !== 'none'}
        title={t(`security.totpAsk.${words}.title`)}
        text={t(`security.totpAsk.${words}.text`)}
        button={t(`security.totpAsk.${words}.button`)}
        danger={asked === 'disable'}
        onConfirm={confirm}
        onClose={() => {
          setAsked('none');
        }}
      />
    </section>
  );
}

function TotpButtons({ state, onAsk }: { readonly state: TotpState; readonly onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  const ask = (asked: Asked) => () => {
    onAsk(asked);
  };
  if (!state.enabled) {
    return (
      <div className="row between">
        <Badge look="warn">{t('security.off')}</Badge>
        <Button look="primary" onClick={ask('enrol')}>
          {t('security.turnOn')}
        </Button>
      </div>
    );
  }
  return (
    <div className="row between">
      <div className="row tight">
        <Badge look="ok">{t('security.on')}</Badge>
        <span className="small muted">{t('security.codesLeft', { count: state.recoveryCodesLeft })}</span>
      </div>
      <div className="row">
        <Button onClick={ask('renew')}>{t('security.totpAsk.renew.button')}</Button>
        <Button onClick={ask('disable')}>{t('security.turnOff')}</Button>
      </div>
    </div>
  );
}
