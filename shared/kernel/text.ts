/** Lower case without accents: what search and look-ups by name compare. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/\s+/g, ' ').trim()

/** Text as part of a file's name: without accents, what no computer takes turned into hyphens. */
export const fileWord = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '')
