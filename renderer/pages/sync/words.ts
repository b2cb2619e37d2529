import { isInstant, isLocalDate, toLocal, toMs, MINUTE } from '../../../shared/kernel/instants.ts'
import type { FailureText } from '../../app/failure-text.ts'
import type { Format } from '../../i18n/format.ts'
import { hostZone } from '../../i18n/format.ts'
import { isKey, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { fieldWords } from '../audit/Changes.tsx'
import type { Kept, KeptField, KeptLine } from './kept.ts'
import type { Unit } from './choices.ts'
import type { Preview } from './preview.ts'

export interface Said {
  t: Translate
  format: Format
  kept: Pick<Kept, 'names' | 'zone' | 'currency'>
}

export const operationWords = (t: Translate, name: string): string => wordOf(t, 'operation', name.replaceAll('.', '_'))
export const entityWords = (t: Translate, entity: string): string => wordOf(t, 'entity', entity)

/** Families of words that say the values of a field. */
const families: Readonly<Record<string, readonly string[]>> = {
  state: ['state.engagement', 'state'], status: ['state.mission', 'mission.status', 'project.status'], kind: ['mission.kind', 'location.kind', 'person.kind', 'availability.kind'], engagement_kind: ['assignment.engagement'],
  rate_basis: ['settings.basis'], priority: ['mission.priority'], language: ['settings.language'], role: ['role'],
}
/** A value that is one of a list of words, in words; null: it is none. */
export function choiceWords(t: Translate, field: string, value: string): string | null {
  for (const family of families[field] ?? []) {
    const key = `${family}.${value}`
    if (isKey(key)) return t(key)
  }
  return null
}

/** `00:15 dim.`: the day only where it is another than that of the base. */
function timeWords({ format, kept }: Said, value: string, base: unknown): string {
  if (!isInstant(value)) return value
  const zone = kept.zone ?? hostZone()
  const day = toLocal(value, zone).date
  const known = isInstant(base) ? toLocal(base, zone).date : null
  return known === day ? format.timeOf(value, zone) : `${format.timeOf(value, zone)} ${format.dayOf(value, zone)}`
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/

export function valueWords(said: Said, field: Pick<KeptField, 'field' | 'base'>, value: unknown): string {
  const { t, format, kept } = said
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'audit.true' : 'audit.false')
  if (typeof value === 'number') {
    if (field.field.endsWith('_minor')) return format.amount(value, kept.currency)
    return choiceWords(t, field.field, String(value)) ?? format.number(value)
  }
  if (typeof value === 'string') {
    if (isInstant(value)) return timeWords(said, value, field.base)
    if (isLocalDate(value)) return format.day(value)
    return kept.names[value] ?? (ID.test(value) ? t('sync.value.hidden') : (choiceWords(t, field.field, value) ?? value))
  }
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => valueWords(said, field, one)).join(', ')
  const parts = Object.entries(value).filter(([name, part]) => name !== 'id' && part !== null && part !== '')
  return parts.length === 0 ? '—' : parts.map(([name, part]) => `${fieldWords(t, name)} ${valueWords(said, field, part)}`).join(', ')
}

/** `Début · Fin`: what differs of the fields that are one choice. */
export const unitWords = (t: Translate, { shown }: Unit): string => shown.map(({ field }) => fieldWords(t, field)).join(' · ')

/** `+45 min` beside a time that moved. */
export function shiftWords({ t, format }: Said, { base }: KeptField, value: unknown): string | null {
  if (!isInstant(base) || !isInstant(value) || base === value) return null
  const minutes = Math.round((toMs(value) - toMs(base)) / MINUTE)
  return t('sync.shift', { sign: minutes < 0 ? '−' : '+', by: format.minutes(Math.abs(minutes)) })
}

/** Why the core refuses, in a sentence. */
export function refusalWords(t: Translate, code: string): string {
  const key = `error.${code.replaceAll('.', '_')}`
  const any = `error.any_${code.split('.')[1] ?? ''}`
  return isKey(key) ? t(key) : isKey(any) ? t(any) : t('sync.why.rejected', { code })
}

/** What is wrong with which field, of those that have a name: `Priorité : 5 au plus.` */
export function refusedFields(t: Translate, text: Pick<FailureText, 'detail' | 'named'>, details: NonNullable<Preview['refusal']>['details']): string[] {
  return details.flatMap(({ field, issue, expected = null, found = null }) => {
    const name = field?.split('.').at(-1) ?? ''
    return isKey(`audit.field.${name}`) ? [text.named(fieldWords(t, name), text.detail({ field, issue, expected, found }))] : []
  })
}

/** Why it waits, in a sentence. */
export function whyWords(t: Translate, line: Pick<KeptLine, 'outcome' | 'why' | 'fields'>): string {
  if (line.outcome === 'conflict') {
    const key = `sync.why.${line.why}`
    return line.why === 'value' && line.fields > 0 ? t('sync.fields', { count: line.fields }) : isKey(key) ? t(key) : t('sync.why.value')
  }
  if (line.outcome === 'blocked') return t('sync.why.blocked')
  return refusalWords(t, line.why)
}
