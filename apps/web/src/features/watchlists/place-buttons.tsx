import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';

interface PlaceButtonsProps {
  /** From 0. */
  readonly position: number;
  readonly count: number;
  readonly onMove: (position: number) => void;
}

/** One place forward or back; nothing where there is only one. */
export function PlaceButtons({ position, count, onMove }: PlaceButtonsProps) {
  const { t } = useTranslation();
  if (count < 2) return null;
  return (
    <div className="row">
      <Button
        icon="chevron-left"
        disabled={position === 0}
        onClick={() => {
          onMove(position - 1);
        }}
      >
        {t('watch.earlier')}
      </Button>
      <Button
        icon="chevron-right"
        disabled={position === count - 1}
        onClick={() => {
          onMove(position + 1);
        }}
      >
        {t('watch.later')}
      </Button>
    </div>
  );
}
