/** What a text became, or what should have been written instead. */
export type Reading<Value> = { readonly value: Value } | { readonly wanted: string };

export type SettingType<Value> = {
  /** How the reference page names the type, such as "whole number, 1 to 500". */
  readonly words: string;
  readonly read: (text: string) => Reading<Value>;
};

/** One variable of the environment. The reference page and .env.example are printed from these rows. */
export type Setting<Value> = {
  readonly name: string;
  /** Other names for the same thing, looked at in this order when the first name is not set. */
  readonly aliases: readonly string[];
  readonly type: SettingType<NonNullable<Value>>;
  readonly default: Value;
  /** The default in words, where the value alone does not say it. */
  readonly defaultWords: string | null;
  /** What it does, in sentences. */
  readonly description: string;
  /** A secret's value is never shown, neither in an error nor in a log. */
  readonly secret: boolean;
  /** What production demands beyond the type. */
  readonly productionRule: string | null;
};

type SettingRow<Value, Default> = {
  readonly name: string;
  readonly type: SettingType<Value>;
  readonly default: Default;
  readonly description: string;
  readonly aliases?: readonly string[];
  readonly defaultWords?: string;
  readonly secret?: boolean;
  readonly productionRule?: string;
};

/** Completes a row of the table. A setting without a default has `default: null`, and its value may then be null. */
export function setting<Value>(row: SettingRow<Value, null>): Setting<Value | null>;
export function setting<Value>(row: SettingRow<Value, NoInfer<Value>>): Setting<Value>;
export function setting<Value>(row: SettingRow<Value, Value | null>): Setting<Value | null> {
  return Object.freeze({
    name: row.name,
    aliases: row.aliases ?? [],
    // A type reads texts only, so what it gives is never null.
    type: row.type as SettingType<NonNullable<Value>>,
    default: row.default,
    defaultWords: row.defaultWords ?? null,
    description: row.description,
    secret: row.secret ?? false,
    productionRule: row.productionRule ?? null,
  });
}
