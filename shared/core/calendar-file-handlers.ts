/** Calendar files: one person's work, or a project's missions. */
import { writeCalendar, type CalendarEvent } from '../documents/calendar/write-calendar.ts'
import { makeCalendar } from '../domain/documents/operations.ts'
import type { Row } from '../domain/entity.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import { location } from '../domain/locations/model.ts'
import type { Reader } from '../domain/operation.ts'
import { crewRole, organization } from '../domain/organization/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import { clock, offsetOf } from '../domain/runsheets/formats.ts'
import { sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { toLocal } from '../kernel/instants.ts'
import { fileWord } from '../kernel/text.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

type Mission = Row<typeof mission>
type Place = Row<typeof location>
type Say = (fr: string, en: string) => string

const titled = (on: Mission): string => [on.day_code, on.title].filter((part) => part !== null).join(' ')
const placed = (place: Place | undefined) => ({
  place: place ? [place.name, place.address].filter((part) => part !== null && part !== '').join(', ') : null,
  geo: place && place.latitude !== null && place.longitude !== null ? { latitude: place.latitude, longitude: place.longitude } : null,
})

async function byId<T extends { id: Id }>(rows: Promise<readonly T[]>): Promise<ReadonlyMap<string, T>> {
  return new Map((await rows).map((row) => [row.id, row]))
}
const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))]

async function workOf(reader: Reader, person: Id, project_id: Id | undefined, language: 'fr' | 'en', say: Say): Promise<CalendarEvent[]> {
  const rows = await reader.find(assignment, { collaborator_id: person, ...(project_id ? { project_id } : {}) }, { sort: ['start_at'] })
  const missions = await byId(reader.getMany(mission, distinct(rows.map((row) => row.mission_id))))
  const places = await byId(reader.getMany(location, distinct([...missions.values()].map((on) => on.location_id))))
  const roles = await byId(reader.getMany(crewRole, distinct(rows.map((row) => row.crew_role_id))))
  return rows.flatMap((row): CalendarEvent[] => {
    const on = missions.get(row.mission_id)
    if (!on) return []
    const role = row.crew_role_id ? roles.get(row.crew_role_id) : undefined
    const as = row.part ?? (language === 'en' ? (role?.name_en ?? role?.name) : role?.name) ?? null
    const canceled = row.state === 'canceled' || on.status === 'canceled'
    const called = row.call_at ?? row.start_at
    return [{
      uid: row.id, sequence: row.version, start_at: row.start_at, end_at: row.end_at, changed_at: row.updated_at, status: canceled ? 'CANCELLED' : isAcceptedOrLater(row.state) ? 'CONFIRMED' : 'TENTATIVE',
      summary: [titled(on), as].filter((part) => part !== null).join(' · '), ...placed(on.location_id ? places.get(on.location_id) : undefined),
      description: [
        `${say('Convocation', 'Call')} ${clock(called, on.zone)} (${on.zone}, ${offsetOf(called, on.zone)})`,
        ...(!canceled && !isAcceptedOrLater(row.state) ? [row.state === 'proposed' ? say('Proposé, en attente de réponse', 'Proposed, waiting for an answer') : say('Option', 'Hold')] : []),
      ].join('\n'),
    }]
  })
}

async function missionsOf(reader: Reader, project_id: Id | undefined): Promise<CalendarEvent[]> {
  const rows = await reader.find(mission, project_id ? { project_id } : {}, { sort: ['start_at'] })
  const places = await byId(reader.getMany(location, distinct(rows.map((row) => row.location_id))))
  return rows.map((on) => ({
    uid: on.id, sequence: on.version, start_at: on.start_at, end_at: on.end_at, changed_at: on.updated_at, status: on.status === 'canceled' ? 'CANCELLED' : on.status === 'draft' ? 'TENTATIVE' : 'CONFIRMED',
    summary: titled(on), ...placed(on.location_id ? places.get(on.location_id) : undefined), description: on.objective ?? '',
  }))
}

export const calendarFileHandlers: readonly CoreHandler[] = [
  coreHandler(makeCalendar, async (reader, { project_id, collaborator_id, language: asked }, inner) => {
    const house = await reader.need(organization, reader.call.org)
    const on = project_id ? await reader.need(project, project_id) : null
    const who = collaborator_id ? await reader.need(collaborator, collaborator_id) : null
    const language = asked ?? on?.document_language ?? house.default_language
    const say: Say = (fr, en) => (language === 'fr' ? fr : en)
    const events = who ? await workOf(reader, who.id, on?.id, language, say) : await missionsOf(reader, on?.id)
    const text = writeCalendar({ name: [who?.display_name, on?.name ?? house.name].filter((part) => part !== undefined).join(' · '), app_version: reader.call.app_version, language, generated_at: reader.call.now, events })
    const digest = sha256(text)
    await inner.record?.('export.calendar', { of: who ? 'person' : 'missions', person: who?.id ?? null, events: events.length, sha256: digest }, on?.id ?? null)
    return {
      file_name: `${toLocal(reader.call.now, on?.zone ?? house.default_zone).date}_${fileWord([on?.code ?? house.slug, who?.display_name].filter((part) => part !== undefined).join('_')).slice(0, 60)}.ics`, type: 'text/calendar; charset=utf-8', text, events: events.length, sha256: digest, language,
    }
  }),
]
