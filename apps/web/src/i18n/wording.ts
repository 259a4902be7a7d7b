/** The shape of another language: the same keys, any words. A key that is missing does not compile. */
export type Wording<Words> = { readonly [Key in keyof Words]: Words[Key] extends string ? string : Wording<Words[Key]> };
