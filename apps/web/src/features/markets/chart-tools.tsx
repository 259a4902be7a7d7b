import type { Instrument } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SymbolSearch } from '../../ui/symbol-search.tsx';
import { INDICATORS, MOST_COMPARED } from './chart-extras.ts';
import type { ChartWishes } from './use-chart-extras.ts';
import './chart-tools.css';

interface ChartToolsProps {
  readonly instrument: Instrument;
  readonly wishes: ChartWishes;
  readonly onWishes: (wishes: ChartWishes) => void;
  readonly onPicture: () => void;
  readonly onTable: () => void;
  /** A table has no picture and no scale. */
  readonly drawn: boolean;
}

/** Indicators, comparison, scale and files. Everything chosen here stands in the address. */
export function ChartTools({ instrument, wishes, onWishes, onPicture, onTable, drawn }: ChartToolsProps) {
  const { t } = useTranslation();
  const { compared, logarithmic } = wishes;
  return (
    <div className="chart-tool-row">
      <IndicatorChoice wishes={wishes} onWishes={onWishes} />
      <CompareChoice instrument={instrument} wishes={wishes} onWishes={onWishes} />
      <Button
        size="small"
        aria-pressed={logarithmic}
        disabled={!drawn || compared.length > 0}
        title={t('chart.logarithmicText')}
        onClick={() => {
          onWishes({ ...wishes, logarithmic: !logarithmic });
        }}
      >
        {t('chart.logarithmic')}
      </Button>
      <Button size="small" disabled={!drawn} aria-label={t('chart.savePicture', { name: instrument.symbol })} onClick={onPicture}>
        PNG
      </Button>
      <Button size="small" aria-label={t('chart.saveTable', { name: instrument.symbol })} onClick={onTable}>
        CSV
      </Button>
    </div>
  );
}

type ChoiceProps = Pick<ChartToolsProps, 'wishes' | 'onWishes'>;

function IndicatorChoice({ wishes, onWishes }: ChoiceProps) {
  const { t } = useTranslation();
  const { indicators } = wishes;
  return (
    <details className="chart-tool">
      <summary>
        {t('chart.indicatorsTitle')} {indicators.length > 0 && `(${String(indicators.length)})`}
      </summary>
      <fieldset className="indicator-list">
        <legend className="sr-only">{t('chart.indicatorsTitle')}</legend>
        {INDICATORS.map((name) => (
          <label className="check" key={name} title={t(`method.indicator.${name}`)}>
            <input
              type="checkbox"
              checked={indicators.includes(name)}
              onChange={(event) => {
                const others = indicators.filter((known) => known !== name);
                onWishes({ ...wishes, indicators: event.target.checked ? [...others, name] : others });
              }}
            />
            <span>{t(`chart.indicators.${name}`)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function CompareChoice({ instrument, wishes, onWishes }: ChoiceProps & Pick<ChartToolsProps, 'instrument'>) {
  const { t } = useTranslation();
  const { compared } = wishes;
  return (
    <details className="chart-tool">
      <summary>
        {t('chart.compare')} {compared.length > 0 && `(${compared.join(', ')})`}
      </summary>
      <div className="stack tight">
        {compared.length < MOST_COMPARED && (
          <SymbolSearch
            key={compared.join()}
            label={t('chart.compareWith')}
            value=""
            onChoose={({ symbol }) => {
              if (symbol !== instrument.symbol) onWishes({ ...wishes, compared: [...new Set([...compared, symbol])] });
            }}
          />
        )}
        {compared.map((symbol) => (
          <span key={symbol} className="row tight between">
            {symbol}
            <IconButton
              icon="close"
              label={t('chart.compareWithout', { symbol })}
              onClick={() => {
                onWishes({ ...wishes, compared: compared.filter((known) => known !== symbol) });
              }}
            />
          </span>
        ))}
        <p className="small faint">{t('chart.compareText')}</p>
      </div>
    </details>
  );
}
