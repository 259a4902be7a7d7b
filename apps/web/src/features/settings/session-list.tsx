import type { Session } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { sessionsQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Age } from '../../ui/figures/age.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { nameOfAgent } from './agent-name.ts';

/** Where the account is signed in; every other place can be signed out from here. */
export function SessionList() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(sessionsQuery);
  const revoke = useMutation({
    mutationFn: (session: Session) => api.accounts.revokeSession(session.id),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('settings.sessionEnded') });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const others = useMutation({
    mutationFn: () => api.security.revokeOtherSessions(),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('security.otherSessionsDone') });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 id="sessions">{t('settings.sessions')}</h2>
      <Loaded query={query} height={96}>
        {(sessions) => (
          <ul className="stack">
            {sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                isEnding={revoke.isPending && revoke.variables.id === session.id}
                onEnd={() => {
                  revoke.mutate(session);
                }}
              />
            ))}
          </ul>
        )}
      </Loaded>
      {(query.data?.length ?? 0) > 1 && (
        <div className="row end">
          <Button
            busy={others.isPending}
            onClick={() => {
              others.mutate();
            }}
          >
            {t('security.otherSessions')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface SessionRowProps {
  readonly session: Session;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const { t } = useTranslation();
  return (
    <li className="row between">
      <div className="grow">
        <div className="row tight">
          <span className="strong">{nameOfAgent(session.userAgent) ?? t('settings.unknownClient')}</span>
          {session.current && <Badge look="ok">{t('settings.thisSession')}</Badge>}
        </div>
        <div className="small faint">
          {session.ipAddress !== null && <>{session.ipAddress} · </>}
          {t('settings.lastSeen')} <Age at={session.lastSeenAt} />
        </div>
      </div>
      {!session.current && (
        <Button size="small" busy={isEnding} onClick={onEnd}>
          {t('settings.endSession')}
        </Button>
      )}
    </li>
  );
}
