/** Ajv as Fastify's compiler, without its silent favours: bodies are not coerced and unknown fields are refused, not dropped. */
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';

// Formats and patterns are only reached by text whose length the schema has bounded.
const strict = new Ajv({ coerceTypes: false, useDefaults: true, removeAdditional: false, allErrors: false, strict: false });
// Addresses carry text only, so query and path parameters are read as the type they name.
const fromText = new Ajv({ coerceTypes: true, useDefaults: true, removeAdditional: false, allErrors: false, strict: false });
for (const ajv of [strict, fromText]) addFormats.default(ajv, ['uuid', 'date-time', 'uri']);

export const validatorFor: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  // On first use: compiling those of all routes would be a good part of the time that a start takes.
  let compiled: ValidateFunction | null = null;
  return (value: unknown) => {
    const validate = (compiled ??= (httpPart === 'body' ? strict : fromText).compile(schema));
    if (validate(value)) return { value };
    return { error: (validate.errors ?? []) as unknown as FastifySchemaValidationError[] & Error } as never;
  };
};
