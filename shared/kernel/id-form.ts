/** An opaque UUIDv4 text. Ids are made by the core, never reused, and show neither order nor time. */
export type Id = string & { readonly __brand: 'Id' }

const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Apart from `ids.ts`, so that the renderer can read operations without node:crypto. */
export const isId = (text: unknown): text is Id => typeof text === 'string' && PATTERN.test(text)
