/** A word in both languages of the documents. */
export type Said = readonly [fr: string, en: string]
