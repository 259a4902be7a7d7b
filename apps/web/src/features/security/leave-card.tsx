import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { meQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { showToast } from '../../ui/toast.tsx';
import { PasswordDialog } from './password-dialog.tsx';

/** Leaving for a while, which an administrator can undo, or for good. */
export function LeaveCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<'deactivate' | 'erase' | null>(null);
  const leave = async (password: string): Promise<void> => {
    await api.security.leave({ erase: asked === 'erase', password });
    client.clear();
    client.setQueryData(meQuery.queryKey, null);
    showToast({ look: 'ok', text: asked === 'erase' ? t('security.erased') : t('security.deactivated') });
    await navigate({ to: '/' });
  };
  const words = asked ?? 'deactivate';
  return (
    <section className="card" aria-labelledby="leave">
      <h2 id="leave">{t('security.leave')}</h2>
      <p className="muted">{t('security.leaveText')}</p>
      <div className="row end">
        <Button
          onClick={() => {
            setAsked('deactivate');
          }}
        >
          {t('security.ask.deactivate.button')}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            setAsked('erase');
          }}
        >
          {t('security.ask.erase.button')}
        </Button>
      </div>
      <PasswordDialog
        open={asked !== null}
        title={t(`security.ask.${words}.title`)}
        text={t(`security.ask.${words}.text`)}
        button={t(`security.ask.${words}.button`)}
        danger
        onConfirm={leave}
        onClose={() => {
          setAsked(null);
        }}
      />
    </section>
  );
}
