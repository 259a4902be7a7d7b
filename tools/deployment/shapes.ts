/**
 * What the platforms' files may hold, written from the platforms' own references: the Compose specification, Render's blueprint
 * specification, Railway's and Fly.io's configuration references, Heroku's app.json schema. Only what is used here is allowed, so that a
 * slip of the pen is found although the platforms' own checkers are not at hand.
 */
import Type from 'typebox';

const closed = { additionalProperties: false };
const text = Type.String({ minLength: 1 });
/** Compose gives variables as texts, numbers and truth values alike. */
const variables = Type.Record(Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' }), Type.Union([Type.String(), Type.Number()]));
const duration = Type.String({ pattern: '^(\\d+(ms|s|m|h))+$' });

const composeService = Type.Object(
  {
    build: Type.Optional(text),
    image: Type.Optional(text),
    command: Type.Optional(Type.Array(Type.String())),
    environment: Type.Optional(variables),
    ports: Type.Optional(Type.Array(Type.String({ pattern: '^127\\.0\\.0\\.1:\\d+:\\d+$' }))),
    volumes: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]+:/' }))),
    depends_on: Type.Optional(
      Type.Record(
        text,
        Type.Object({ condition: Type.Enum(['service_healthy', 'service_started', 'service_completed_successfully']) }, closed),
      ),
    ),
    healthcheck: Type.Optional(
      Type.Object(
        {
          test: Type.Array(Type.String(), { minItems: 2 }),
          interval: duration,
          timeout: duration,
          retries: Type.Integer({ minimum: 1 }),
        },
        closed,
      ),
    ),
    read_only: Type.Optional(Type.Boolean()),
    tmpfs: Type.Optional(Type.Array(text)),
    cap_drop: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z_]+$' }))),
    security_opt: Type.Optional(Type.Array(text)),
    restart: Type.Enum(['no', 'always', 'on-failure', 'unless-stopped']),
    stop_grace_period: Type.Optional(duration),
    logging: Type.Optional(Type.Object({ driver: text, options: Type.Record(text, Type.String()) }, closed)),
  },
  closed,
);

export const composeFile = Type.Object({ services: Type.Record(text, composeService), volumes: Type.Record(text, Type.Null()) }, closed);

const renderVariable = Type.Union([
  Type.Object({ key: text, value: Type.Union([Type.String(), Type.Number()]) }, closed),
  Type.Object({ key: text, generateValue: Type.Literal(true) }, closed),
  Type.Object({ key: text, sync: Type.Literal(false) }, closed),
  Type.Object({ key: text, fromDatabase: Type.Object({ name: text, property: Type.Literal('connectionString') }, closed) }, closed),
  Type.Object(
    {
      key: text,
      fromService: Type.Object({ type: Type.Literal('keyvalue'), name: text, property: Type.Literal('connectionString') }, closed),
    },
    closed,
  ),
  Type.Object({ fromGroup: text }, closed),
]);

export const renderBlueprint = Type.Object(
  {
    services: Type.Array(
      Type.Union([
        Type.Object(
          {
            type: Type.Enum(['web', 'worker']),
            name: text,
            runtime: Type.Literal('docker'),
            plan: text,
            healthCheckPath: Type.Optional(Type.String({ pattern: '^/' })),
            preDeployCommand: Type.Optional(text),
            envVars: Type.Array(renderVariable),
          },
          closed,
        ),
        Type.Object(
          { type: Type.Literal('keyvalue'), name: text, plan: text, maxmemoryPolicy: text, ipAllowList: Type.Array(text) },
          closed,
        ),
      ]),
    ),
    databases: Type.Array(Type.Object({ name: text, plan: text, postgresMajorVersion: text, ipAllowList: Type.Array(text) }, closed)),
    envVarGroups: Type.Array(Type.Object({ name: text, envVars: Type.Array(renderVariable) }, closed)),
  },
  closed,
);

export const railwayFile = Type.Object(
  {
    $schema: text,
    build: Type.Object({ builder: Type.Literal('DOCKERFILE'), dockerfilePath: text }, closed),
    deploy: Type.Object(
      {
        preDeployCommand: Type.Array(text),
        startCommand: text,
        healthcheckPath: Type.String({ pattern: '^/' }),
        healthcheckTimeout: Type.Integer({ minimum: 1 }),
        restartPolicyType: Type.Enum(['ON_FAILURE', 'ALWAYS', 'NEVER']),
        restartPolicyMaxRetries: Type.Integer({ minimum: 0 }),
      },
      closed,
    ),
  },
  closed,
);

export const flyFile = Type.Object(
  {
    app: text,
    primary_region: Type.String({ pattern: '^[a-z]{3}$' }),
    kill_signal: Type.Enum(['SIGTERM', 'SIGINT']),
    kill_timeout: duration,
    build: Type.Object({ dockerfile: text }, closed),
    deploy: Type.Object({ release_command: text, strategy: Type.Enum(['rolling', 'canary', 'bluegreen', 'immediate']) }, closed),
    env: Type.Record(text, Type.String()),
    processes: Type.Record(text, text),
    http_service: Type.Object(
      {
        internal_port: Type.Integer(),
        force_https: Type.Boolean(),
        auto_stop_machines: Type.Enum(['off', 'stop', 'suspend']),
        min_machines_running: Type.Integer(),
        processes: Type.Array(text),
        concurrency: Type.Object({ type: Type.Enum(['requests', 'connections']), soft_limit: Type.Integer() }, closed),
        checks: Type.Array(
          Type.Object(
            { method: text, path: Type.String({ pattern: '^/' }), interval: duration, timeout: duration, grace_period: duration },
            closed,
          ),
        ),
      },
      closed,
    ),
    vm: Type.Array(Type.Object({ size: text, memory: text }, closed)),
  },
  closed,
);

export const herokuApp = Type.Object(
  {
    name: text,
    description: text,
    keywords: Type.Array(text),
    stack: Type.String({ pattern: '^heroku-\\d+$' }),
    buildpacks: Type.Array(Type.Object({ url: text }, closed)),
    env: Type.Record(
      text,
      Type.Object(
        {
          description: Type.Optional(text),
          value: Type.Optional(text),
          generator: Type.Optional(Type.Literal('secret')),
          required: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    addons: Type.Array(Type.Object({ plan: text }, closed)),
    formation: Type.Record(text, Type.Object({ quantity: Type.Integer({ minimum: 0 }), size: text }, closed)),
    scripts: Type.Object({}, closed),
  },
  closed,
);
