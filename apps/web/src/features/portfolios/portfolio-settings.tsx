import type { Portfolio } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/api.ts';
import { portfolioKey, portfolioQuery, portfoliosKey } from '../../api/queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { TextField } from '../../ui/field.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Money, Percent } from '../../ui/figures/figures.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { showToast } from '../../ui/toast.tsx';
import { RecordRules } from './record-rules.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { TradingRulesForm } from './trading-rules-form.tsx';

/** Name and description, archive and bring back, and for paper portfolios a fresh start. */
export function PortfolioSettings({ portfolio, onArchived }: { readonly portfolio: Portfolio; readonly onArchived: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="stack wide page form-width">
      <NameForm key={portfolio.updatedAt} portfolio={portfolio} />
      <section className="card" aria-labelledby="rules">
        <h2 id="rules">{t('portfolio.rules')}</h2>
        <Facts look="list" rows={rulesOf(portfolio, t)} />
      </section>
      {portfolio.archivedAt === null && <RecordRules key={`records ${portfolio.updatedAt}`} portfolio={portfolio} />}
      {portfolio.settings !== null && portfolio.archivedAt === null && (
        <TradingRulesForm key={`rules ${portfolio.updatedAt}`} portfolio={portfolio} settings={portfolio.settings} />
      )}
      {portfolio.kind === 'paper' && portfolio.archivedAt === null && <ResetCard portfolio={portfolio} />}
      <ArchiveCard portfolio={portfolio} onArchived={onArchived} />
    </div>
  );
}

/** What was chosen when the portfolio was opened, and for paper portfolios how orders fill and what they cost. */
function rulesOf(portfolio: Portfolio, t: Translate): readonly Fact[] {
  const { settings, baseCurrency } = portfolio;
  return [
    { label: t('portfolio.kind'), value: t(`portfolio.kinds.${portfolio.kind}.name`) },
    { label: t('portfolio.currency'), value: baseCurrency },
    { label: t('portfolio.costMethod'), value: t(`portfolio.costMethods.${portfolio.costMethod}`) },
    { label: t('portfolio.timeZone'), value: portfolio.timeZone },
    ...(settings === null ? [] : tradingRules(settings, baseCurrency, t)),
    { label: t('portfolio.opened'), value: <Moment at={portfolio.createdAt} /> },
  ];
}

function tradingRules(settings: NonNullable<Portfolio['settings']>, currency: string, t: Translate): readonly Fact[] {
  const { fees } = settings;
  const money = (value: string): ReactNode => <Money value={value} currency={currency} unit="code" />;
  return [
    { label: t('portfolio.fillModel'), value: t(`conditional.rules.fillModels.${settings.fillModel}`) },
    { label: t('portfolio.tradingHours'), value: t(`portfolio.hours.${settings.tradingHours}`) },
    { label: t('portfolio.slippage'), value: <Percent value={settings.slippageBasisPoints / 100} /> },
    { label: t('portfolio.feeFixed'), value: money(fees.fixed) },
    { label: t('portfolio.feeShare'), value: <Percent value={fees.basisPoints / 100} /> },
    { label: t('portfolio.feeMinimum'), value: money(fees.minimum) },
    { label: t('conditional.rules.creditLimit'), value: money(settings.creditLimit) },
  ];
}

function NameForm({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(portfolio.name);
  const [description, setDescription] = useState(portfolio.description);
  const [empty, setEmpty] = useState(false);
  const save = useMutation({
    mutationFn: () => api.portfolios.change(portfolio.id, { name: name.trim(), description: description.trim() }),
    onSuccess: async (changed) => {
      client.setQueryData(portfolioQuery(portfolio.id).queryKey, changed);
      await client.invalidateQueries({ queryKey: portfoliosKey });
      showToast({ look: 'ok', text: t('state.saved') });
    },
  });
  return (
    <form
      className="card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(name.trim() === '');
        if (name.trim() !== '') save.mutate();
      }}
    >
      <h2>{t('portfolio.nameAndText')}</h2>
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <TextField
        label={t('portfolio.name')}
        maxLength={100}
        value={name}
        problem={empty ? t('form.required') : undefined}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <TextField
        label={t('portfolio.description')}
        optional={t('form.optional')}
        maxLength={2000}
        value={description}
        onChange={(event) => {
          setDescription(event.target.value);
        }}
      />
      <div className="row end">
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

function ResetCard({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <section className="card" aria-labelledby="reset">
      <h2 id="reset">{t('portfolio.reset')}</h2>
      <p className="muted">{t('portfolio.resetText')}</p>
      <div className="row end">
        <Button
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('portfolio.resetButton')}
        </Button>
      </div>
      <ResetDialog portfolio={portfolio} open={open} onClose={close} />
    </section>
  );
}

function ArchiveCard({ portfolio, onArchived }: { readonly portfolio: Portfolio; readonly onArchived: () => void }) {
  const { t } = useTranslation();
  const archived = portfolio.archivedAt !== null;
  const change = useArchive(portfolio, onArchived);
  return (
    <section className="card" aria-labelledby="archive">
      <h2 id="archive">{archived ? t('portfolio.bringBack') : t('portfolio.archive')}</h2>
      <p className="muted">{archived ? t('portfolio.bringBackText') : t('portfolio.archiveText')}</p>
      <div className="row end">
        <Button
          icon="archive"
          busy={change.isPending}
          onClick={() => {
            change.mutate(!archived);
          }}
        >
          {archived ? t('portfolio.bringBack') : t('portfolio.archive')}
        </Button>
      </div>
    </section>
  );
}

/** Archiving is done at once and can be taken back: no question before it. */
function useArchive(portfolio: Portfolio, onArchived: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refresh = async (changed: Portfolio): Promise<void> => {
    client.setQueryData(portfolioQuery(portfolio.id).queryKey, changed);
    await client.invalidateQueries({ queryKey: portfolioKey(portfolio.id) });
    await client.invalidateQueries({ queryKey: portfoliosKey });
  };
  return useMutation({
    mutationFn: (archived: boolean) => api.portfolios.change(portfolio.id, { archived }),
    onSuccess: async (changed, archived) => {
      await refresh(changed);
      if (!archived) {
        showToast({ look: 'ok', text: t('portfolio.broughtBack', { name: portfolio.name }) });
        return;
      }
      onArchived();
      const undo = (): void => {
        void api.portfolios.change(portfolio.id, { archived: false }).then(refresh);
      };
      showToast({
        look: 'ok',
        text: t('portfolio.archivedDone', { name: portfolio.name }),
        action: { label: t('action.undo'), run: undo },
      });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
  });
}
