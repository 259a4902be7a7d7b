import type { Portfolio, Trail } from '@holdfast/sdk';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TrailFact } from './trail-fact.tsx';
import { TrailFigure, useFigureName } from './trail-figure.tsx';
import { stepsOf } from './trail-steps.ts';

const SIGNS = { sum: '+', difference: '−', product: '×', quotient: '÷', given: '' } as const;

/** One figure at a time, with what it is made of; each input leads a step deeper, down to a fact. */
export function TrailWalk({ portfolio, trail }: { readonly portfolio: Portfolio; readonly trail: Trail }) {
  const { t } = useTranslation();
  const [path, setPath] = useState<readonly number[]>([]);
  const nameOf = useFigureName();
  const steps = stepsOf(trail, path);
  const node = steps.at(-1) ?? trail;
  const parent = steps.at(-2);
  const inputs = node.inputs ?? [];
  return (
    <div className="stack">
      {parent !== undefined && (
        <div>
          <Button
            size="small"
            look="plain"
            icon="chevron-left"
            onClick={() => {
              setPath(path.slice(0, -1));
            }}
          >
            {t('explain.back', { figure: nameOf(parent) })}
          </Button>
        </div>
      )}
      <div aria-live="polite">
        <p className="muted">{nameOf(node)}</p>
        <p className="large-figure">
          <TrailFigure trail={node} currency={portfolio.baseCurrency} />
        </p>
        <p className="small faint">{t('explain.inBase', { currency: portfolio.baseCurrency })}</p>
      </div>
      {node.operation === 'given' ? (
        <TrailFact portfolio={portfolio} trail={node} />
      ) : (
        <Inputs
          node={node}
          currency={portfolio.baseCurrency}
          onStep={(index) => {
            setPath([...path, index]);
          }}
        />
      )}
      {node.operation !== 'given' && inputs.length === 0 && <p className="muted">{t('explain.none')}</p>}
    </div>
  );
}

interface InputsProps {
  readonly node: Trail;
  readonly currency: string;
  readonly onStep: (index: number) => void;
}

function Inputs({ node, currency, onStep }: InputsProps) {
  const { t } = useTranslation();
  const nameOf = useFigureName();
  const inputs = node.inputs ?? [];
  if (inputs.length === 0) return null;
  const { operation, left = 0 } = node;
  return (
    <section aria-label={t('explain.inputs')}>
      <h3>
        {t('explain.inputs')} {operation !== 'given' && <span className="small faint">· {t(`explain.operations.${operation}`)}</span>}
      </h3>
      <ul className="trail">
        {inputs.map((input, index) => (
          <li key={index}>
            <button
              type="button"
              onClick={() => {
                onStep(index);
              }}
            >
              <span className="sign" aria-hidden="true">
                {index === 0 ? '' : SIGNS[operation]}
              </span>
              <span className="grow truncate">{nameOf(input)}</span>
              <TrailFigure trail={input} currency={currency} />
              <Icon name="chevron-right" size={14} />
            </button>
          </li>
        ))}
      </ul>
      {left > 0 && <p className="small faint">{t('explain.left', { count: left })}</p>}
    </section>
  );
}
