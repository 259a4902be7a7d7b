import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { stream } from '../../live/stream.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { createFrameLog, type LoggedFrame } from './frame-log.ts';
import './stream-monitor.css';

const DRAW_MS = 250;

/** What the live connection really sends: channels to listen to, and frames as they come. */
export function StreamMonitor({ first }: { readonly first: string }) {
  const [channels, setChannels] = useState<readonly string[]>([first]);
  useEffect(() => {
    const stops = channels.map((channel) => stream.subscribe(channel, () => undefined));
    return () => {
      for (const stop of stops) stop();
    };
  }, [channels]);
  return (
    <div className="stack wide">
      <ChannelCard channels={channels} onChannels={setChannels} />
      <FrameCard />
    </div>
  );
}

interface ChannelCardProps {
  readonly channels: readonly string[];
  readonly onChannels: (channels: readonly string[]) => void;
}

function ChannelCard({ channels, onChannels }: ChannelCardProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [status, setStatus] = useState(stream.status);
  useEffect(() => stream.onStatus(setStatus), []);
  const add = (): void => {
    const name = typed.trim();
    if (name !== '' && !channels.includes(name)) onChannels([...channels, name]);
    setTyped('');
  };
  return (
    <section className="card" aria-labelledby="channels">
      <div className="card-head">
        <h2 id="channels">{t('monitor.channels')}</h2>
        <Badge look={status === 'open' ? 'ok' : 'warn'}>{t(`monitor.status.${status}`)}</Badge>
      </div>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <div className="grow">
          <TextField
            label={t('monitor.channel')}
            hint={t('monitor.channelHint')}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
        </div>
        <Button type="submit" icon="plus">
          {t('monitor.listen')}
        </Button>
      </form>
      <ul className="row tight">
        {channels.map((channel) => (
          <li key={channel}>
            <Button
              size="small"
              icon="close"
              aria-label={t('monitor.stop', { channel })}
              onClick={() => {
                onChannels(channels.filter((known) => known !== channel));
              }}
            >
              {channel}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FrameCard() {
  const { t } = useTranslation();
  const [paused, setPaused] = useState(false);
  const { frames, total, clear } = useFrames(paused);
  return (
    <section className="card flush" aria-labelledby="frames">
      <div className="card-head">
        <h2 id="frames">
          {t('monitor.frames')} <span className="faint figure">{total}</span>
        </h2>
        <div className="row tight">
          <Button
            size="small"
            aria-pressed={paused}
            onClick={() => {
              setPaused(!paused);
            }}
          >
            {paused ? t('monitor.resume') : t('monitor.pause')}
          </Button>
          <Button size="small" onClick={clear}>
            {t('monitor.clear')}
          </Button>
        </div>
      </div>
      {frames.length === 0 ? <EmptyState title={t('monitor.nothing')} /> : <FrameList frames={frames} />}
    </section>
  );
}

function FrameList({ frames }: { readonly frames: readonly LoggedFrame[] }) {
  const { t } = useTranslation();
  return (
    <ol className="frame-list" tabIndex={0} aria-label={t('monitor.frames')}>
      {frames.map((frame) => (
        <li key={frame.id}>
          <span className="figure faint">{frame.at}</span> <span className="strong">{frame.type}</span> <code>{frame.text}</code>
        </li>
      ))}
    </ol>
  );
}

function useFrames(paused: boolean): { readonly frames: readonly LoggedFrame[]; readonly total: number; readonly clear: () => void } {
  const [log] = useState(createFrameLog);
  const [shown, setShown] = useState(log.read());
  const still = useRef(paused);
  useEffect(() => {
    still.current = paused;
  }, [paused]);
  useEffect(() => {
    const stop = stream.onFrame((frame) => {
      log.add(frame, new Date());
    });
    const timer = setInterval(() => {
      if (!still.current) setShown(log.read());
    }, DRAW_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [log]);
  return {
    ...shown,
    clear: () => {
      log.clear();
      setShown(log.read());
    },
  };
}
