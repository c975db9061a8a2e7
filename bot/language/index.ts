import { createInstance } from 'i18next';

/**
 * Words live in catalogues (bot/language/en/<place>.ts), flat and by dotted key: `'requests.empty.title': 'Nothing here'`.
 * `{{hole}}` is filled from values; `key_one` / `key_other` are chosen by the value `count`. Another language is another object
 * with the same keys; what it lacks is said in English.
 */
export type Catalogue = Readonly<Record<string, string>>;

export const languages = ['en', 'gd'] as const;
export type Language = (typeof languages)[number];

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type KeyOf<Name extends string> = Name extends `${infer Base}_${PluralForm}` ? Base : Name;
export type WordKey<C extends Catalogue> = KeyOf<keyof C & string>;

type Holes<Text extends string> = Text extends `${string}{{${infer Hole}}}${infer Rest}` ? Hole | Holes<Rest> : never;
type TextOf<C extends Catalogue, Key extends string> = Key extends keyof C
  ? C[Key]
  : `${Key}_other` extends keyof C
    ? C[`${Key}_other`]
    : never;
type Values<Hole extends string> = { readonly [Name in Hole]: Name extends 'count' ? number : string | number };
type Rest<Hole extends string> = [Hole] extends [never] ? [] : [values: Values<Hole>];

/** The key must exist and every hole must be given: both are compile errors otherwise. */
export type Say<C extends Catalogue> = <Key extends WordKey<C>>(
  key: Key,
  ...values: Rest<Holes<TextOf<C, Key>>>
) => string;

type Translations<C extends Catalogue> = { readonly en: C } & {
  readonly [Other in Exclude<Language, 'en'>]?: { readonly [Name in keyof C]?: string };
};

/** Escaping is the renderer's work (React, Adaptive Cards): values go in as they are. */
export function speaker<const C extends Catalogue>(words: Translations<C>, language: Language = 'en'): Say<C> {
  const i18n = createInstance();
  const resources = Object.fromEntries(languages.map((one) => [one, { translation: words[one] ?? {} }]));
  void i18n.init({
    ...{ lng: language, fallbackLng: 'en', resources, initAsync: false },
    ...{ keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false }, returnNull: false },
  });
  // A text without holes is the same each time, and a card is mostly those.
  const plain = new Map<string, string>();
  return (key, ...values) => {
    const known = values[0] ? undefined : plain.get(key);
    if (known !== undefined) return known;
    const text = i18n.t(key, values[0] ?? {});
    if (!values[0]) plain.set(key, text);
    return text;
  };
}
