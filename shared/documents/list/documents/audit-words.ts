/** Events of the log in the document's language: operations, records, fields, values before and after. */
import type { AuditLine } from '../../../domain/audit/operations.ts'
import { colon, shortDate } from '../../../domain/runsheets/formats.ts'
import { isInstant, isLocalDate } from '../../../kernel/instants.ts'
import { entityWords } from '../../words/entities.ts'
import { fieldWords } from '../../words/fields.ts'
import { operationWords } from '../../words/operations.ts'
import type { Said } from '../../words/said.ts'
import { familiesOf } from '../../words/value-families.ts'
import { valueWords } from '../../words/values.ts'
import type { Desk } from '../desk.ts'
import { momentText } from '../values.ts'

const said = (desk: Desk, word: Said | undefined): string | null => (word === undefined ? null : desk.say(...word))

/** An action that has no words yet keeps its name. */
export const actionText = (desk: Desk, action: string): string => said(desk, operationWords[action.replaceAll('.', '_')]) ?? action
export const entityText = (desk: Desk, entity: string | null): string | null => (entity === null ? null : (said(desk, entityWords[entity]) ?? entity))
const fieldText = (desk: Desk, field: string): string => said(desk, fieldWords[field]) ?? field.replaceAll('_', ' ')

/** Longer values are cut: the log itself keeps them whole. */
const MOST_LETTERS = 60
const MOST_FIELDS = 12

const nothing = (value: unknown): boolean => value === null || value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)

/** `Titre : Marée → Marée haute · État : Option → Confirmé`. */
export function changesText(desk: Desk, line: AuditLine, zone: string): string {
  const { changes } = line
  if (typeof changes !== 'object' || changes === null) return ''
  const told = Object.entries(changes).map(([field, change]) => ({ field, pair: pairOf(change) })).filter(({ pair: [before, after] }) => !(nothing(before) && (nothing(after) || after === 0 || isNameless(line, after))))
  const parts = told.slice(0, MOST_FIELDS).map(({ field, pair: [before, after] }) => {
    const say = (value: unknown): string => short(valueText({ desk, line, zone, field }, value))
    return `${fieldText(desk, field)}${colon(desk.language)}${nothing(before) && !nothing(after) ? say(after) : `${say(before)} → ${say(after)}`}`
  })
  const more = told.length - parts.length
  return [...parts, ...(more > 0 ? [desk.say(`et ${more} autres`, `and ${more} more`)] : [])].join(' · ')
}

/** A new row points to much that has no name of its own (a line of a need, of a sheet): the log keeps it. */
const isNameless = (line: AuditLine, value: unknown): boolean => typeof value === 'string' && ID.test(value) && line.names[value] === undefined

/** Rows give `[before, after]`; security events give plain facts. */
const pairOf = (change: unknown): readonly [unknown, unknown] => (Array.isArray(change) && change.length === 2 ? [change[0], change[1]] : [null, change])
const short = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1).trimEnd()}…` : text)

interface Place {
  desk: Desk
  line: AuditLine
  zone: string
  field: string
}
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/
/** Keyed digest of a personal value. */
const DIGEST = /^([0-9a-f]{16}|erased)$/
const HASH = /^[0-9a-f]{64}$/

function valueText(place: Place, value: unknown): string {
  const { desk, line, zone, field } = place
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? desk.say('oui', 'yes') : desk.say('non', 'no')
  if (typeof value === 'number') return new Intl.NumberFormat(desk.language === 'fr' ? 'fr-FR' : 'en-GB').format(value)
  if (typeof value === 'string') {
    if (isInstant(value)) return momentText(value, zone, desk.language)
    if (isLocalDate(value)) return shortDate(value, desk.language)
    if (DIGEST.test(value)) return desk.say('donnée personnelle', 'personal value')
    if (HASH.test(value)) return value.slice(0, 12)
    return line.names[value] ?? (ID.test(value) ? `#${value.slice(0, 8)}` : wordOf(desk, line.entity, field, value))
  }
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => valueText(place, one)).join(', ')
  if (typeof value !== 'object') return ''
  const parts = Object.entries(value).filter(([name, part]) => name !== 'id' && !nothing(part))
  return parts.length === 0 ? '—' : parts.map(([name, part]) => `${fieldText(desk, name)} ${valueText({ ...place, field: name }, part)}`).join(', ')
}

function wordOf(desk: Desk, entity: string | null, field: string, value: string): string {
  for (const family of familiesOf(entity, field)) {
    const word = said(desk, valueWords[`${family}.${value}`])
    if (word !== null) return word
  }
  return field === 'action' || field === 'operation' ? actionText(desk, value) : field === 'entity' ? (entityText(desk, value) ?? value) : value
}
