import { isApiError } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../i18n/use-translation.ts';
import { Button } from './button.tsx';
import { describeError } from './describe-error.ts';
import { Icon, type IconName } from './icon.tsx';

/** Nothing here yet, or nothing that fits the filter: says what it is for and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="state">
      {icon !== undefined && <Icon name={icon} size={28} />}
      <p className="lead strong">{title}</p>
      {children !== undefined && <p className="muted">{children}</p>}
      {action}
    </div>
  );
}

/** Only this panel failed: says what, offers another try (or the way home from what is not there), and names the request for whoever helps. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const shown = describeError(error, t);
  const gone = isApiError(error) && error.status === 404;
  return (
    <div className="state" role="alert">
      <Icon name="warning" size={24} />
      <p className="lead strong">{shown.title}</p>
      <p className="muted">{shown.detail}</p>
      <div className="row">
        {gone && (
          <Link className="button" to="/home">
            {t('missing.home')}
          </Link>
        )}
        {!gone && onRetry !== undefined && (
          <Button icon="refresh" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )}
        {!gone && shown.requestId !== null && (
          <span className="small faint">
            {t('state.requestId')} <code>{shown.requestId}</code>
          </span>
        )}
      </div>
    </div>
  );
}

/** Space of the final height. Words come after two seconds, so that a slow answer does not look like a dead page. */
export function LoadingState({ height = 160, label }: { readonly height?: number; readonly label?: string }) {
  const { t } = useTranslation();
  const slow = useSlow(2000);
  return (
    <div role="status" aria-busy="true">
      <span className="skeleton" style={{ height }} />
      <span className={slow ? 'small faint' : 'sr-only'}>{slow ? (label ?? t('state.stillLoading')) : t('state.loading')}</span>
    </div>
  );
}

function useSlow(afterMs: number): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSlow(true);
    }, afterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [afterMs]);
  return slow;
}

interface QueryLike<Value> {
  readonly data: Value | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

interface LoadedProps<Value> {
  readonly query: QueryLike<Value>;
  readonly height?: number;
  readonly children: (value: Value) => ReactNode;
}

/** The states of anything that is fetched, in one place. Old content stays while new content is on its way. */
export function Loaded<Value>({ query, height, children }: LoadedProps<Value>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <LoadingState {...(height === undefined ? {} : { height })} />;
  return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
}

export function Notice({ look = 'plain', children }: { readonly look?: 'plain' | 'warn' | 'danger'; readonly children: ReactNode }) {
  return (
    <div className={look === 'plain' ? 'notice' : `notice ${look}`}>
      <Icon name={look === 'plain' ? 'info' : 'warning'} size={16} />
      <div className="grow">{children}</div>
    </div>
  );
}
