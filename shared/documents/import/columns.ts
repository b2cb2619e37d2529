import { isZone } from '../../kernel/instants.ts'
import { sha256 } from '../../kernel/hashing.ts'
import type { DateOrderGuess } from './dates.ts'
import { detectDateOrder } from './dates.ts'
import type { ColumnMapping, FieldLook, ImportField, ImportKind } from './fields.ts'
import { FIELDS, headerKey } from './fields.ts'
import type { ListSeparator } from './lists.ts'
import { detectListSeparator } from './lists.ts'
import { parseRate } from './money.ts'
import type { NameOrder } from './names.ts'
import { detectNameOrder } from './names.ts'
import { parsePhone } from './phones.ts'
import type { SealedKind } from './sealed-values.ts'
import { sealedKindOf, strikeOutSealed } from './sealed-values.ts'
import { parseMoment, parseTime } from './times.ts'

export interface RefusedColumn {
  column: number
  header: string
  kind: SealedKind
  /** What gave it away. */
  by: 'header' | 'values'
}

/** How the values of a column will be read, to be shown beside the suggestion. */
export type ColumnTransform =
  | { kind: 'date_order'; guess: DateOrderGuess }
  | { kind: 'split_name'; order: NameOrder; certain: boolean }
  | { kind: 'list'; separator: ListSeparator | null }
  | { kind: 'phone_country'; country: string }

export interface ColumnSuggestion {
  column: number
  header: string
  field: ImportField | null
  confidence: 'sure' | 'check' | 'ignored'
  /** Up to three distinct values; none for a refused column. */
  samples: string[]
  refused: RefusedColumn | null
  transform: ColumnTransform | null
}

export interface MappingSuggestion {
  columns: ColumnSuggestion[]
  /** Fields that several columns want: a person must choose. */
  choices: { field: ImportField; columns: number[] }[]
  mapping: ColumnMapping
  refused: RefusedColumn[]
}

const NIR_HEADER =
  /^(?:n |no |num |numero )?(?:de )?(?:nir|secu|s s|ss|insee|ssn)$|\b(?:nir|(?:securite|secu) sociale|n secu|numero secu|social security)\b/
const IBAN_HEADER = /\b(?:iban|rib|bic|compte bancaire|coordonnees bancaires|bank account|account number)\b/

const LOOKED_AT = 500

/** Columns that must not come in: recognised by their header or, whatever the header says, by the checksums of their values. */
export function refusedColumns(header: readonly string[], rows: readonly (readonly string[])[]): RefusedColumn[] {
  const refused: RefusedColumn[] = []
  for (const [column, name] of header.entries()) {
    const key = headerKey(name)
    const byHeader: SealedKind | null = NIR_HEADER.test(key) ? 'nir' : IBAN_HEADER.test(key) ? 'iban' : null
    if (byHeader) {
      refused.push({ column, header: name, kind: byHeader, by: 'header' })
      continue
    }
    const found = { nir: 0, iban: 0 }
    let filled = 0
    for (const row of rows) {
      const value = row[column] ?? ''
      if (value.trim() === '') continue
      filled++
      const kind = value.length >= 14 ? sealedKindOf(value) : null
      if (kind) found[kind]++
    }
    const kind: SealedKind = found.nir >= found.iban ? 'nir' : 'iban'
    // One chance in 97 for a number that only looks like it: a lone hit in a long column is struck out in its cell instead.
    if (found[kind] > 0 && found[kind] * 5 >= filled) refused.push({ column, header: name, kind, by: 'values' })
  }
  return refused
}

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

function looksLike(look: FieldLook, value: string): boolean {
  switch (look) {
    case 'email':
      return EMAIL.test(value.trim())
    case 'phone':
      return parsePhone(value, 'FR') !== null && value.replace(/\D/g, '').length >= 8
    case 'date':
    case 'moment':
      return (
        parseMoment(value, { order: 'dmy', year: 2026 }).kind !== 'unreadable' ||
        parseMoment(value, { order: 'mdy', year: 2026 }).kind !== 'unreadable'
      )
    case 'time':
      return parseTime(value) !== null || parseMoment(value, { order: 'dmy', year: 2026 }).kind !== 'unreadable'
    case 'money':
      return parseRate(value, 'EUR') !== null
    case 'zone':
      return isZone(value.trim())
    case 'list':
    case 'text':
      return true
  }
}

const share = (values: readonly string[], look: FieldLook): number =>
  values.length === 0 ? 1 : values.filter((value) => looksLike(look, value)).length / values.length

interface Guess {
  field: ImportField
  confidence: 'sure' | 'check'
}

function guessField(kind: ImportKind, header: string, values: readonly string[], headers: ReadonlySet<string>): Guess | null {
  const key = headerKey(header)
  const fields = FIELDS[kind]
  // `Nom` alone is the whole name; beside `Prénom` it is the family name.
  const hasFirst = FIELDS.people.find((field) => field.field === 'first_name')?.words.some((word) => headers.has(word)) === true
  if (kind === 'people' && !hasFirst && (key === 'nom' || key === 'name')) return { field: 'full_name', confidence: 'sure' }
  if (kind === 'people' && hasFirst && (key === 'nom' || key === 'name')) return { field: 'last_name', confidence: 'sure' }
  // `N°` that counts 1, 2, 3 numbers the rows of this file: as an id it would name other people in the next one.
  if ((key === 'n' || key === 'numero') && values.every((value, index) => Number(value) === index + 1)) return null
  const exact = fields.find((field) => field.words.includes(key))
  if (exact) return { field: exact.field, confidence: share(values, exact.look) >= 0.8 ? 'sure' : 'check' }
  const words = ` ${key} `
  let near: { field: ImportField; length: number } | null = null
  if (key !== '') {
    for (const field of fields) {
      for (const word of field.words) {
        if (word.length >= 3 && words.includes(` ${word} `) && word.length > (near?.length ?? 0) && share(values, field.look) >= 0.5) {
          near = { field: field.field, length: word.length }
        }
      }
    }
  }
  if (near) return { field: near.field, confidence: 'check' }
  if (values.length === 0) return null
  for (const field of fields) {
    if ((field.look === 'email' || field.look === 'zone') && share(values, field.look) >= 0.8)
      return { field: field.field, confidence: 'check' }
  }
  const phone =
    fields.some((field) => field.field === 'phone') &&
    values.every((value) => parsePhone(value, 'FR')?.e164 !== undefined && parsePhone(value, 'FR')?.e164 !== null)
  return phone ? { field: 'phone', confidence: 'check' } : null
}

function transformOf(
  field: ImportField,
  values: readonly string[],
  options: { country: string; language: 'fr' | 'en'; year?: number },
): ColumnTransform | null {
  switch (field) {
    case 'date':
    case 'end_date':
    case 'birth_date':
    case 'start':
    case 'end':
      return {
        kind: 'date_order',
        guess: detectDateOrder(values, options.language === 'en' && options.country === 'US' ? 'mdy' : 'dmy', options.year),
      }
    case 'full_name':
    case 'person':
      return { kind: 'split_name', ...detectNameOrder(values) }
    case 'skills':
    case 'tags':
    case 'languages':
    case 'persons':
      return { kind: 'list', separator: detectListSeparator(values) }
    case 'phone':
      return { kind: 'phone_country', country: options.country }
    default:
      return null
  }
}

/** Suggests a field for each column from its header (French, English) and the look of its values. */
export function suggestMapping(
  kind: ImportKind,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  options: { country?: string; language?: 'fr' | 'en'; year?: number } = {},
): MappingSuggestion {
  const refused = refusedColumns(header, rows)
  const settings = {
    country: options.country ?? 'FR',
    language: options.language ?? 'fr',
    ...(options.year === undefined ? {} : { year: options.year }),
  }
  const headers = new Set(header.map(headerKey))
  const columns = header.map((name, column): ColumnSuggestion => {
    const refusal = refused.find((item) => item.column === column) ?? null
    if (refusal) return { column, header: name, field: null, confidence: 'ignored', samples: [], refused: refusal, transform: null }
    const values: string[] = []
    for (const row of rows) {
      const value = row[column] ?? ''
      if (value.trim() !== '') values.push(value)
      if (values.length >= LOOKED_AT) break
    }
    const guess = guessField(kind, name, values, headers)
    const samples = [...new Set(values)].slice(0, 3).map(strikeOutSealed)
    return {
      column,
      header: name,
      field: guess?.field ?? null,
      confidence: guess?.confidence ?? 'ignored',
      samples,
      refused: null,
      transform: guess ? transformOf(guess.field, values, settings) : null,
    }
  })
  const mapping = columns.map((column) => column.field)
  return { columns, choices: duplicateFields(mapping), mapping, refused }
}

/** Fields named by several columns. */
export function duplicateFields(mapping: ColumnMapping): { field: ImportField; columns: number[] }[] {
  const byField = new Map<ImportField, number[]>()
  for (const [column, field] of mapping.entries()) if (field) byField.set(field, [...(byField.get(field) ?? []), column])
  return [...byField].filter(([, columns]) => columns.length > 1).map(([field, columns]) => ({ field, columns }))
}

/** The same for the same set of headers, whatever their order, case and accents: the key under which a mapping is remembered. */
export const headerSignature = (kind: ImportKind, header: readonly string[]): string =>
  sha256(JSON.stringify([kind, ...header.map(headerKey).sort()]))

/** A mapping by header, to be stored under the signature. A header that comes twice is told apart by its turn. */
export function rememberMapping(header: readonly string[], mapping: ColumnMapping): Record<string, ImportField | null> {
  const remembered: Record<string, ImportField | null> = {}
  for (const [column, key] of turnKeys(header).entries()) remembered[key] = mapping[column] ?? null
  return remembered
}

export const recallMapping = (header: readonly string[], remembered: Readonly<Record<string, ImportField | null>>): ColumnMapping =>
  turnKeys(header).map((key) => remembered[key] ?? null)

function turnKeys(header: readonly string[]): string[] {
  const turns = new Map<string, number>()
  return header.map((name) => {
    const key = headerKey(name)
    const turn = (turns.get(key) ?? 0) + 1
    turns.set(key, turn)
    return turn === 1 ? `=${key}` : `=${key}#${turn}`
  })
}
