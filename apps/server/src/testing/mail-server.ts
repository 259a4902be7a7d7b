/** A real SMTP server on this machine that keeps what it is given. */
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: string;
  /** As they came, the oldest first. */
  readonly mails: readonly string[];
  /** The next mail is answered with this code instead of being taken. */
  refuseNext(responseCode: number): void;
  forget(): void;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const responseCode = refusal;
        refusal = null;
        if (responseCode !== null) return done(Object.assign(new Error('not now'), { responseCode }));
        mails.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const bound = listening.address();
  return {
    url: `smtp://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`,
    mails,
    refuseNext: (responseCode) => void (refusal = responseCode),
    forget: () => void mails.splice(0),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
