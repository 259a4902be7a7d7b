import './allocation.css';
import type { AllocationTargets } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { nameOfPart } from '../../ui/allocation/allocation-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { formatPercent, roundedWeights } from '../../ui/figures/format-figure.ts';
import { Figure } from '../../ui/figures/figures.tsx';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { DecimalField } from '../../ui/forms/decimal-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';
import { AddTarget } from './add-target.tsx';
import { addRow, checkTargets, targetRows, toTargets, type TargetRow } from './target-draft.ts';
import { useSaveTargets } from './use-save-targets.ts';

interface TargetFormProps {
  readonly targets: AllocationTargets;
  readonly onClose: () => void;
}

/** A percentage for each part, present or wished for. Empty is no target: such a part stays as it is. */
export function TargetForm({ targets, onClose }: TargetFormProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<readonly TargetRow[]>(() => targetRows(targets));
  const [tried, setTried] = useState(false);
  const save = useSaveTargets(targets.portfolioId, targets.by);
  const check = checkTargets(rows);
  const fill = (percentOf: (row: TargetRow, index: number) => string): void => {
    setRows(rows.map((row, index) => ({ ...row, percent: percentOf(row, index) })));
  };
  const send = (wanted: ReturnType<typeof toTargets>): void => {
    save.mutate(wanted, { onSuccess: onClose });
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (check.wrong.length === 0 && !check.tooMuch) send(toTargets(rows));
      }}
    >
      <p className="muted">{t('targets.formText')}</p>
      <FormProblem text={save.error === null ? null : describeError(save.error, t).detail} />
      <TargetFields by={targets.by} rows={rows} wrong={tried ? check.wrong : []} onRows={setRows} />
      <AddTarget
        by={targets.by}
        known={rows.map(({ key }) => key)}
        onAdd={(key) => {
          setRows(addRow(rows, key));
        }}
      />
      <Together check={check} />
      <div className="row">
        <Button
          size="small"
          onClick={() => {
            const weights = roundedWeights(rows.map(({ weight }) => weight));
            fill((_row, index) => String(weights[index] ?? 0));
          }}
        >
          {t('targets.asNow')}
        </Button>
        {targets.items.some((item) => item.target !== null) && (
          <Button
            size="small"
            onClick={() => {
              send([]);
            }}
          >
            {t('targets.remove')}
          </Button>
        )}
      </div>
      <div className="actions row end">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

interface TargetFieldsProps {
  readonly by: AllocationTargets['by'];
  readonly rows: readonly TargetRow[];
  readonly wrong: readonly string[];
  readonly onRows: (rows: readonly TargetRow[]) => void;
}

function TargetFields({ by, rows, wrong, onRows }: TargetFieldsProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  return (
    <div className="target-fields">
      {rows.map((row) => (
        <DecimalField
          key={row.key}
          label={nameOfPart(row.key, by, t)}
          hint={t('targets.now', { weight: formatPercent(row.weight * 100, style, { digits: 1 }) })}
          suffix="%"
          value={row.percent}
          problem={wrong.includes(row.key) ? t('targets.wrong') : undefined}
          onChange={(percent) => {
            onRows(rows.map((other) => (other.key === row.key ? { ...other, percent } : other)));
          }}
        />
      ))}
    </div>
  );
}

/** What the targets add up to, read out as it changes; more than the whole cannot be saved. */
function Together({ check }: { readonly check: ReturnType<typeof checkTargets> }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const left = formatPercent(check.left.replace(/^-/, ''), style);
  return (
    <div role="status">
      <p className="fact">
        <span className="muted">{t('targets.together')}</span>
        <strong>
          <Figure>{formatPercent(check.together, style)}</Figure>
        </strong>
      </p>
      {check.tooMuch ? (
        <Notice look="danger">{t('targets.tooMuch', { left })}</Notice>
      ) : (
        check.left !== '0' && <p className="small muted">{t('targets.rest', { left })}</p>
      )}
    </div>
  );
}
