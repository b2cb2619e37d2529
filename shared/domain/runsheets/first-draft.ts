/** The first draft of a sheet: what its missions, its place and its project already say. */
import type { Transaction } from '../operation.ts'
import type { Row, Values } from '../entity.ts'
import type { Id } from '../../kernel/ids.ts'
import { keysFor } from '../../kernel/ordering.ts'
import { location } from '../locations/model.ts'
import { castRole, cue, milestone, project } from '../planning/model.ts'
import { runningTimes } from '../planning/run-of-show.ts'
import { collaborator } from '../people/model.ts'
import type { MissionRow, SheetRow } from './material.ts'
import { chosenKeyTimes, revisionColour, settingsOf } from './layout-settings.ts'
import { keyTime, revision, sheetLayoutSetting, sheetRow } from './model.ts'
import type { KeyTimeCode } from './snapshot.ts'

/** Words by which a milestone is known, in both languages; the first that fits. Anything else keeps its own label. */
const milestoneWords: readonly [RegExp, KeyTimeCode][] = [
  [/demi-heure|^the half$|^half$/, 'half'],
  [/ouverture.*public|ouverture des portes|^doors\b|^portes\b/, 'doors'],
  [/lever de rideau|curtain up|^curtain$/, 'curtain'],
  [/baisser de rideau|curtain down/, 'down'],
  [/entracte|interval/, 'interval'],
  [/balances?\b|sound ?check/, 'sound_check'],
  [/pret a tourner|^pat$|ready to shoot/, 'ready_to_shoot'],
  [/petit[- ]dejeuner|breakfast/, 'breakfast'],
  [/^repas\b|^dejeuner\b|^diner\b|^meal\b|^lunch\b|^dinner\b/, 'meal'],
  [/arrivee technique|get[- ]in|load[- ]in/, 'get_in'],
  [/chargement|load[- ]out/, 'load_out'],
  [/representation|^spectacle\b|^concert\b|^show\b|^performance\b/, 'show'],
  [/^tournage\b|shooting call/, 'shooting'],
  [/fin imperative|hard out|curfew|couvre-feu/, 'hard_out'],
]
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
export const keyTimeOf = (label: string): KeyTimeCode => milestoneWords.find(([words]) => words.test(plain(label)))?.[1] ?? 'other'

type EmergencyNumber = { id: string; label: string | null; number: string }
/** `112 · SAMU 15, Pompiers 18` as rows; the number is what ends a part. */
export function emergencyNumbersOf(text: string): EmergencyNumber[] {
  return text.split(/[,;·|\n]+/).map((part) => part.trim()).filter((part) => part !== '').slice(0, 8).map((part, index) => {
    const match = /^(.*?)[\s:]*(\+?\d[\d .]*)$/.exec(part)
    const label = match?.[1]?.trim() ?? ''
    return { id: `number-${index + 1}`, label: label === '' ? null : label.slice(0, 60), number: (match?.[2] ?? part).trim().slice(0, 40) }
  })
}

/** Answers anywhere in Europe, without a card; what a project says of its own comes first. */
const EUROPEAN_NUMBER = '112'

export interface DraftOrigin {
  number: number
  source_revision_id: Id | null
}

/** Inserts the version and its rows. Labels of rows follow from what they were read from, so that a later draft made afresh keeps their identity. */
export async function insertFirstDraft(tx: Transaction, sheet: SheetRow, missions: readonly MissionRow[], origin: DraftOrigin) {
  const [lead] = missions
  if (!lead) throw new Error('a sheet has a lead mission')
  const home = await tx.need(project, sheet.project_id)
  const place = lead.location_id === null ? null : await tx.get(location, lead.location_id)
  const { emergency } = home
  const [setting = null] = await tx.find(sheetLayoutSetting, { layout: sheet.layout })
  const settings = settingsOf(sheet.layout, setting)
  const numbers = emergency && emergency.numbers.trim() !== '' ? emergency.numbers : lead.zone.startsWith('Europe/') ? EUROPEAN_NUMBER : ''
  const values: Values<typeof revision> = {
    project_id: sheet.project_id, sheet_id: sheet.id, ...origin, language: home.document_language,
    headline: lead.objective === null ? null : lead.objective.slice(0, 200),
    emergency_numbers: emergencyNumbersOf(numbers),
    on_site_aid: emergency && emergency.on_site.trim() !== '' ? emergency.on_site.trim() : null,
    colour: revisionColour(settings, origin.number), legal_note: settings.legal_note,
    safety: (place?.hazards ?? []).map((text, index) => ({ id: `hazard-${index + 1}`, text })),
  }
  const row = await tx.insert(revision, 'revision', values)

  const starts = missions.map((one) => one.start_at).sort()
  const ends = missions.map((one) => one.end_at).sort()
  const times: { line_id: string; code: KeyTimeCode; label: string | null; at: MissionRow['start_at']; place: string | null }[] = [
    { line_id: 'general-call', code: 'general_call', label: null, at: starts[0] ?? lead.start_at, place: place?.name ?? null },
    { line_id: 'wrap', code: 'wrap', label: null, at: ends.at(-1) ?? lead.end_at, place: null },
  ]
  for (const one of await tx.find(milestone, { mission_id: missions.map((mission) => mission.id) }, { sort: ['at'] })) {
    const code = keyTimeOf(one.label)
    times.push({ line_id: `milestone-${one.id}`, code, label: code === 'other' ? one.label.slice(0, 60) : null, at: one.at, place: null })
  }
  times.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const chosen = setting ? chosenKeyTimes(times, setting.key_times) : times
  const positions = keysFor(chosen.length)
  for (const [index, time] of chosen.entries())
    await tx.insert(keyTime, `key_time:${time.line_id}`, { project_id: sheet.project_id, revision_id: row.id, position: positions[index] ?? '', ...time })

  if (place?.contact_name != null)
    await tx.insert(sheetRow, 'contact:place', {
      project_id: sheet.project_id, revision_id: row.id, line_id: 'contact-place', position: keysFor(1)[0] ?? '', section: 'contacts',
      body: { label: home.document_language === 'fr' ? 'Lieu' : 'Venue', name: place.contact_name, phone: place.contact_phone },
    })
  if (sheet.layout === 'film') await copyShootingDay(tx, row, missions)
  return row
}

/** Scenes and cast of a shooting day, from the run of show of its missions; nothing flows back. */
async function copyShootingDay(tx: Transaction, draft: Row<typeof revision>, missions: readonly MissionRow[]): Promise<void> {
  const played = new Set<string>()
  const lines: { id: Id; body: Record<string, unknown> }[] = []
  for (const one of missions) {
    const rows = (await tx.find(cue, { mission_id: one.id }, { sort: ['position'] })).filter((line) => line.kind !== 'cue')
    const times = runningTimes(rows, one.start_at, one.zone)
    for (const [index, { id, kind, number, label, scene, duration_seconds, notes }] of rows.entries()) {
      for (const cast of scene?.cast ?? []) played.add(cast)
      // The script's heading says place and moment again: what is printed is its parts, or the heading when it could not be read.
      const isBanner = kind === 'banner'
      const set = isBanner ? null : scene?.set ? scene.set : label
      lines.push({
        id,
        body: {
          kind: isBanner ? 'banner' : 'scene', number, effect: maybe(scene?.int_ext), light: maybe(scene?.effect), set, synopsis: isBanner ? label : null, cast: scene?.cast ?? [], eighths: scene?.eighths ?? null,
          minutes: duration_seconds === null ? null : Math.round(duration_seconds / 60), story_day: scene?.story_day ?? null, start_at: rows[index]?.at === null ? null : (times.lines[index]?.starts_at ?? null), notes,
        },
      })
    }
  }
  const insert = async (section: 'scenes' | 'cast', rows: typeof lines, prefix: string): Promise<void> => {
    const positions = keysFor(rows.length)
    for (const [index, { id, body }] of rows.entries())
      await tx.insert(sheetRow, `${prefix}:${id}`, { project_id: draft.project_id, revision_id: draft.id, line_id: `${prefix}-${id}`, position: positions[index] ?? '', section, body })
  }
  await insert('scenes', lines, 'scene')
  const cast = (await tx.find(castRole, { project_id: draft.project_id }, { sort: ['position'] })).filter((role) => played.has(role.number))
  const people = new Map((await tx.getMany(collaborator, cast.flatMap((role) => role.collaborator_id ?? []))).map((person) => [person.id, person.display_name]))
  const times = { status: null, pickup_at: null, arrive_at: null, hmc_at: null, rehearsal_at: null, on_set_at: null, wrap_at: null, transport: null }
  await insert('cast', cast.map(({ id, number, name, collaborator_id, notes }) => ({
    id, body: { number, role: name, performer: collaborator_id === null ? null : (people.get(collaborator_id) ?? null), ...times, notes },
  })), 'cast')
}
const maybe = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text)
