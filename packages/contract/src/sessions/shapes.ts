import { Type } from 'typebox';
import { User, userExample } from '../accounts/shapes.ts';
import { Closed } from '../shapes.ts';

const expiresIn = Type.Integer({ minimum: 1, description: 'Seconds until the access token ends.' });

/** For clients that keep tokens. */
export const BearerSession = Closed({ user: User, accessToken: Type.String(), refreshToken: Type.String(), expiresIn });
/** For browsers: the tokens are in cookies. */
export const WebSession = Closed({ user: User, csrfToken: Type.String(), expiresIn });
export const OpenedSession = Type.Union([BearerSession, WebSession]);

export const sessionExample = {
  user: userExample,
  accessToken: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIuLi4ifQ.signature',
  refreshToken: 'hfr_AZNvLowAcACAAAAAAAAAAgAAAAHAxK0',
  expiresIn: 1800,
};
