import type { AccountExport } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, newKey } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Age } from '../../ui/figures/age.tsx';
import { Figure } from '../../ui/figures/figures.tsx';
import { formatBytes } from '../../ui/figures/format-bytes.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loaded } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { exportsQuery } from './exports-query.ts';

/** Has everything of the user made into one file, and shows those that were. */
export function MakeExport() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(exportsQuery);
  const again = () => client.invalidateQueries({ queryKey: exportsQuery.queryKey });
  const make = useMutation({ mutationFn: () => api.exports.create(newKey()), onSettled: again });
  const isMaking = query.data?.some(({ status }) => status === 'queued' || status === 'running') === true;
  return (
    <section className="card" aria-labelledby="exports">
      <h2 id="exports">{t('exports.title')}</h2>
      <p className="muted">{t('exports.lead')}</p>
      <FormProblem text={make.error === null ? null : describeError(make.error, t).detail} />
      <div className="row end">
        <Button
          look="primary"
          icon="download"
          disabled={isMaking}
          busy={make.isPending}
          onClick={() => {
            make.mutate();
          }}
        >
          {t('exports.make')}
        </Button>
      </div>
      <h3>{t('exports.made')}</h3>
      <Loaded query={query} height={60}>
        {(made) => (
          <>
            <p className="muted small">{made.length === 0 ? t('exports.none') : t('exports.kept')}</p>
            {made.map((each) => (
              <MadeExport key={each.id} made={each} onGone={() => void again()} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}

function MadeExport({ made, onGone }: { readonly made: AccountExport; readonly onGone: () => void }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const name = made.fileName ?? t('exports.unnamed');
  const remove = useMutation({
    mutationFn: () => api.exports.remove(made.id),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('exports.removed') });
      onGone();
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
  return (
    <div className="row between">
      <div className="grow">
        {made.status === 'failed' ? (
          <Badge look="danger">{t('exports.failed')}</Badge>
        ) : (
          <div className="strong">{made.fileName ?? t('exports.making')}</div>
        )}
        <div className="small muted">
          {made.byteCount === null ? (
            made.detail !== null && <span lang="en">{made.detail}</span>
          ) : (
            <>
              <Figure>{formatBytes(made.byteCount, style)}</Figure> · <Age at={made.createdAt} />
            </>
          )}
        </div>
        {(made.status === 'queued' || made.status === 'running') && (
          <progress className="progress" aria-label={t('exports.progress')} value={made.progress} max={1} />
        )}
      </div>
      <span className="row-actions">
        {made.status === 'done' && (
          <a
            className="icon-button"
            href={`/api/v1${api.exports.contentPath(made.id)}`}
            download={name}
            aria-label={t('exports.download', { name })}
            title={name}
          >
            <Icon name="download" />
          </a>
        )}
        <IconButton
          icon="trash"
          label={t('exports.remove', { name })}
          onClick={() => {
            remove.mutate();
          }}
        />
      </span>
    </div>
  );
}
