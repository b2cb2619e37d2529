import type { SaidChange } from '../../../../shared/domain/publication/operations.ts'
import { isInstant } from '../../../../shared/kernel/instants.ts'
import type { Language } from '../../../app/preferences.ts'
import type { Format } from '../../../i18n/format.ts'
import type { Translate } from '../../../i18n/index.ts'

type Line = NonNullable<SaidChange['after']>

export interface Wording {
  t: Translate
  format: Format
  language: Language
}

const dayAndTime = ({ format }: Wording, at: string, zone: string): string => (isInstant(at) ? `${format.dayOf(at, zone)} ${format.timeOf(at, zone)}` : at)
const time = ({ format }: Wording, at: string, zone: string): string => (isInstant(at) ? format.timeOf(at, zone) : at)

/** `sam. 24 oct. 14:00 – 23:00`, with the day of the end where it is another. */
export function whenWords(words: Wording, { start_at, end_at, zone }: Line): string {
  const [start, end] = [dayAndTime(words, start_at, zone), dayAndTime(words, end_at, zone)]
  const same = isInstant(start_at) && isInstant(end_at) && words.format.dayOf(start_at, zone) === words.format.dayOf(end_at, zone)
  return `${start} – ${same ? time(words, end_at, zone) : end}`
}

const roleOf = ({ language }: Wording, line: Line): string | null => (language === 'en' ? (line.role_en ?? line.role) : line.role)
const titleOf = ({ title, day_code }: Line): string => (day_code ? `${title} (${day_code})` : title)

function partWords(words: Wording, part: SaidChange['parts'][number], before: Line, after: Line): string[] {
  const { t } = words
  switch (part) {
    case 'moved':
      return [t('publication.was_when', { when: whenWords(words, before) })]
    case 'call':
      return [after.call_at === null ? t('publication.no_call') : t('publication.call_now', { time: time(words, after.call_at, after.zone) })]
    case 'place':
      return [t('publication.was_place', { place: before.place ?? t('publication.no_place') })]
    case 'role':
      return [t('publication.was_role', { role: roleOf(words, before) ?? t('publication.no_role') })]
    case 'mission':
      return titleOf(before) === titleOf(after) ? [] : [t('publication.was_title', { title: titleOf(before) })]
    case 'state':
      return []
  }
}

/** What changed for somebody, in one line: what it is now, and what it was. */
export function changeWords(words: Wording, change: SaidChange): string {
  const line = change.after ?? change.before
  if (!line) return ''
  const said = [titleOf(line), whenWords(words, line), line.place, roleOf(words, line)].filter(Boolean).join(' · ')
  const { t } = words
  if (change.kind === 'added') return t('publication.added', { line: said })
  if (change.kind === 'removed') return change.mission_canceled ? t('publication.mission_canceled', { line: said }) : t('publication.removed', { line: said })
  const { before, after } = change
  const parts = before && after ? change.parts.flatMap((part) => partWords(words, part, before, after)) : []
  return t('publication.changed', { line: said, what: parts.join(words.t('publication.and')) })
}

/** The message of one person, for a text message: plain text in the language of the project's documents. */
export const messageOf = (words: Wording, { project, number, changes }: { project: string; number: number; changes: readonly SaidChange[] }): string =>
  [words.t('publication.message', { project, number }), ...changes.map((change) => `• ${changeWords(words, change)}`)].join('\n')
