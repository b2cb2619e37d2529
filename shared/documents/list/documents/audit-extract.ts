/** Who did what, in words, with the seal of the chain it was taken from. */
import { z } from 'zod'
import { AuditLine, verifyAudit } from '../../../domain/audit/operations.ts'
import { colon } from '../../../domain/runsheets/formats.ts'
import { isInstant } from '../../../kernel/instants.ts'
import type { Instant } from '../../../kernel/instants.ts'
import type { FactsSection, ListContent, ListRow } from '../content.ts'
import { column, countNote, listed } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { filterSentence } from '../filters.ts'
import { momentText } from '../values.ts'
import { actionText, changesText, entityText } from './audit-words.ts'
import { base } from './base.ts'

/** More is for the export of everything: a person reads this on paper. */
const MOST_EVENTS = 5_000
const instant = z.custom<Instant>(isInstant)

export async function auditExtract(desk: Desk): Promise<ListContent> {
  const zone = desk.project?.zone ?? desk.organization.default_zone
  const found = await listed(desk, 'audit.list', AuditLine)
  const lines = found.slice(0, MOST_EVENTS)
  const whole = countNote(desk, lines.length, ['événement', 'événements'], ['event', 'events'])
  return {
    ...base(desk, 'audit_extract', desk.say('Extrait du journal', 'Audit extract')),
    filters: await filterSentence(desk, 'audit.list'),
    notes: [found.length > lines.length ? desk.say(`les ${whole} les plus récents sur ${found.length}`, `the latest ${whole} of ${found.length}`) : whole],
    zone,
    sections: [
      await seal(desk, lines, zone),
      {
        kind: 'table', title: null, note: null, empty: desk.say('Aucun événement.', 'No event.'),
        columns: [
          column('position', 'N°', 'count', 34), column('at', desk.say('Quand', 'When'), 'moment', 94), column('actor', desk.say('Qui', 'Who'), 'strong', 74, 0.4), column('action', desk.say('Ce qui a été fait', 'What was done'), 'text', 96, 0.5),
          column('title', desk.say('Sur quoi', 'On what'), 'text', 82, 0.5), column('changes', desk.say('Avant → après', 'Before → after'), 'text', 200, 4), column('reason', desk.say('Motif', 'Reason'), 'text', 44, 0.4),
          column('device', desk.say('Poste', 'Device'), 'quiet', 38), column('hash', desk.say('Empreinte', 'Hash'), 'quiet', 72),
        ],
        groups: [{ id: 'all', code: null, title: '', count: null, rows: lines.map((line): ListRow => ({
          id: line.id,
          cells: {
            position: line.position === null ? null : String(line.position), at: { at: instant.parse(line.occurred_at), zone, of: null }, actor: line.actor_name ?? actorText(desk, line), action: actionText(desk, line.action),
            title: [entityText(desk, line.entity), line.title].filter((part) => part !== null && part !== '').join(colon(desk.language)), changes: [line.reason === null || line.reason === '' ? '' : `${desk.say('Motif', 'Reason')}${colon(desk.language)}${line.reason}`, changesText(desk, line, zone)].filter((part) => part !== '').join(' · '), reason: line.reason, device: line.device, hash: shortHash(line.hash),
          },
        })) }],
      },
    ],
  }
}

const shortHash = (hash: string | null): string | null => (hash === null ? null : hash.slice(0, 12))
const actorText = ({ say }: Desk, { actor_kind }: AuditLine): string => (actor_kind === 'system' ? 'Callboard' : actor_kind === 'device' ? say('Poste', 'Device') : say('Personne', 'Person'))

const brokenWords: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  changes: ['l’avant et l’après ont été réécrits', 'before and after were rewritten'], gap: ['un événement manque', 'an event is missing'],
  hash: ['l’événement ne correspond pas à son empreinte', 'the event does not match its hash'], tail: ['la fin du journal a été coupée', 'the end of the log was cut off'],
}

/** First and last event on this paper with their places in the chain, and what verifying the chain said when it was made. */
async function seal(desk: Desk, lines: readonly AuditLine[], zone: string): Promise<FactsSection> {
  const { say, language } = desk
  const whole = desk.reader.may('audit:read', null) ? verifyAudit.output.parse(await desk.ask('audit.verify', {})) : null
  const placed = lines.filter((line) => line.position !== null).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
  const [first, last] = [placed[0], placed.at(-1)]
  const ends = first === undefined || last === undefined ? [] : first === last ? [[say('Événement', 'Event'), first] as const] : [[say('Premier', 'First'), first] as const, [say('Dernier', 'Last'), last] as const]
  return {
    kind: 'facts', title: say('Sceau', 'Seal'), boxed: true, geo: null,
    facts: [
      ...ends.map(([label, line]) => ({ id: line.id, label, lines: [`${say('position', 'position')} ${line.position ?? ''}, ${momentText(instant.parse(line.occurred_at), zone, language)}`, line.hash ?? ''].filter((text) => text !== '') })),
      { id: 'whole', label: say('Chaîne', 'Chain'), lines: chainLines(desk, whole, zone) },
    ],
  }
}

function chainLines(desk: Desk, whole: z.infer<typeof verifyAudit.output> | null, zone: string): string[] {
  const { say, language } = desk
  if (whole === null) return [say('non vérifiée : la chaîne entière est réservée à qui lit tout le journal', 'not verified: the whole chain is kept for those who read the whole log')]
  const at = momentText(desk.reader.call.now, zone, language)
  if (whole.whole) return [say(`intacte, ${whole.events} événements, vérifiée le ${at}`, `intact, ${whole.events} events, verified on ${at}`), ...(whole.head === undefined ? [] : [whole.head])]
  const why = brokenWords[whole.why ?? '']
  return [`${say(`ROMPUE à la position ${whole.broken_at ?? '?'}, vérifiée le ${at}`, `BROKEN at position ${whole.broken_at ?? '?'}, verified on ${at}`)}${why ? `${colon(language)}${say(...why)}` : ''}`]
}
