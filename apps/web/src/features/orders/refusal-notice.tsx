import type { OrderRefusal } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { formatMoney, formatQuantity } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { Notice } from '../../ui/states.tsx';
import type { OrderRemedy } from './order-remedy.ts';
import { refusalText } from './refusal-text.ts';

interface RefusalNoticeProps {
  readonly refusal: OrderRefusal;
  readonly symbol: string;
  readonly currency: string;
  readonly remedy: OrderRemedy | null;
  readonly onRemedy: (remedy: OrderRemedy) => void;
}

/** Why the order would be refused, with the figure that is needed, the one that is there, and a way out in one click. */
export function RefusalNotice({ refusal, symbol, currency, remedy, onRemedy }: RefusalNoticeProps) {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  const money = (value: string | undefined): string =>
    value === undefined || hidden ? '•••' : formatMoney(value, style, { currency: refusal.currency ?? currency, unit: 'code' });
  const count = (value: string | undefined): string => (value === undefined || hidden ? '•••' : formatQuantity(value, style));
  return (
    <Notice look="danger">
      <div className="stack tight">
        <p>{refusalText(refusal, { symbol, money, count }, t)}</p>
        {remedy !== null && (
          <div>
            <Button
              size="small"
              onClick={() => {
                onRemedy(remedy);
              }}
            >
              {t('refusal.use', { quantity: formatQuantity(remedy.quantity, style) })}
            </Button>
          </div>
        )}
      </div>
    </Notice>
  );
}
