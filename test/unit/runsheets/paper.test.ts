/** From operations to paper: what poppler reads in the file is what the published snapshot says. */
import { afterEach, describe, expect, it } from 'vitest'
import { clock } from '../../../shared/domain/runsheets/formats.ts'
import type { SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { pagesOf, textOf } from '../documents/poppler.ts'
import { day, openSheetWorld, type SheetWorld } from './world.ts'

let world: SheetWorld | null = null
afterEach(async () => {
  await world?.app.close()
  world = null
})

const film = {
  scenes: [
    { kind: 'scene', number: '41', effect: 'EXT', light: 'J', set: 'Jetée du phare', synopsis: 'Nour découvre la nappe.', cast: ['1'], eighths: 11, minutes: 110, story_day: '4', start_at: day('12:30'), notes: null },
    { kind: 'banner', number: null, effect: null, light: null, set: null, synopsis: 'Repas, puis déplacement', cast: [], eighths: null, minutes: null, story_day: null, start_at: day('16:30'), notes: null },
  ],
  cast: [{ number: '1', role: 'NOUR', performer: 'Leïla Saïdi', status: 'W', pickup_at: day('10:00'), arrive_at: null, hmc_at: day('10:30'), rehearsal_at: null, on_set_at: day('12:15'), wrap_at: null, transport: null, notes: null }],
  extras: [{ quantity: 12, label: 'Pêcheurs', call_at: day('12:45'), wardrobe: 'Cirés', holding: 'Hangar 2' }],
}
const stage = {
  transport: [{ at: day('10:45'), label: 'Navette', from: 'dépôt', to: 'Halle', vehicle: null, driver: 'Ravi', remarks: null }],
  hospitality: [{ label: 'Loges', text: '2 et 3, serviettes' }],
  local_crew: [{ trade: 'Roads', quantity: 6, start_at: day('21:30'), end_at: day('03:30', 1), place: 'Quai B', supplier: 'Manut’Ouest' }],
}

async function publishedDay(kind: 'event' | 'film', language: 'fr' | 'en'): Promise<{ opened: SheetWorld; revision: string; sheet: SheetSnapshot }> {
  const opened = (world = await openSheetWorld({ kind, language }))
  const { app, assignments } = opened
  const { revision } = await opened.prepare()
  for (const [label, start, end, departments] of [
    ['Accueil équipe, café', '11:30', '12:30', []], ['Balances', '15:00', '16:30', ['SON']], ['Représentation « Marée haute »', '18:30', '21:15', []],
  ] as const) await app.ask('sheet.add_slot', { revision_id: revision, label, start_at: day(start), end_at: day(end), departments, everyone: departments.length === 0, place: 'Plateau' })
  await app.ask('sheet.set_key_time', { revision_id: revision, code: 'doors', at: day('17:45'), place: 'portes 1 à 3' })
  await app.ask('sheet.set_person', { revision_id: revision, assignment_id: assignments[0], meal_at: day('16:45'), remarks: 'Loge régie' })
  await app.ask('sheet.add_note', { revision_id: revision, visibility: 'field', text: 'Tenue noire au plateau dès 19:30.' })
  for (const [section, rows] of Object.entries(kind === 'film' ? film : stage)) for (const body of rows) await app.ask('sheet.add_row', { revision_id: revision, section, body })
  await app.ask('sheet.update_draft', {
    revision_id: revision, version: 1,
    changes: {
      alerts: [{ id: 'a1', title: 'Changement d’heure cette nuit.', text: 'À 03:00 il sera 02:00.' }], safety: [{ id: 's1', text: 'Zone de levage fermée de 23:30 à 02:00.' }],
      weather: { source: 'Météo du Littoral', forecast_at: day('06:00'), periods: [{ id: 'w1', label: 'Soirée', figure: '12°', note: 'pluie 20 %' }] },
    },
  })
  await app.ask('sheet.publish', { revision_id: revision })
  return { opened, revision, sheet: (await app.ask('sheet.preview', { revision_id: revision }))['snapshot'] as SheetSnapshot }
}

/** Every text that a person typed and every hour, as they stand in the snapshot. */
function sayings(sheet: SheetSnapshot): string[] {
  const at = (instant: SheetSnapshot['slots'][number]['end_at']) => (instant === null ? '' : clock(instant, sheet.zone))
  return [
    sheet.organization.name, sheet.project.name, ...sheet.missions.map((row) => row.code),
    ...sheet.key_times.flatMap((row) => [at(row.at), row.place ?? '']),
    ...sheet.alerts.flatMap((row) => [row.title, row.text]),
    ...sheet.slots.flatMap((row) => [at(row.start_at), row.label, row.location ?? '']),
    ...sheet.departments.map((row) => row.name),
    ...sheet.people.flatMap((row) => [row.crew_role, row.name ?? '', row.phone ?? '', at(row.call_at), at(row.meal_at), row.remarks ?? '']),
    sheet.location?.name ?? '', ...(sheet.location?.address ?? []), ...(sheet.location?.access.map((row) => row.text) ?? []),
    ...sheet.emergency.numbers.map((row) => row.number), sheet.emergency.on_site ?? '', sheet.emergency.hospital?.name ?? '', sheet.emergency.hospital?.phone ?? '',
    ...(sheet.practical.weather?.periods.flatMap((row) => [row.label, row.figure]) ?? []), ...sheet.practical.safety.map((row) => row.text), at(sheet.practical.sun.set_at),
    ...sheet.notes.map((row) => row.text), ...sheet.transport.flatMap((row) => [row.label, row.from ?? '', row.to ?? '', at(row.at)]),
    ...sheet.hospitality.flatMap((row) => [row.label, row.text]), ...sheet.local_crew.flatMap((row) => [row.trade, row.supplier ?? '']),
    ...sheet.scenes.flatMap((row) => [row.number ?? '', row.set ?? '', row.synopsis ?? '']), ...sheet.cast.flatMap((row) => [row.role, row.performer ?? '', at(row.on_set_at)]),
    ...sheet.extras.flatMap((row) => [row.label, row.wardrobe ?? '']), ...sheet.contacts.flatMap((row) => [row.label, row.name, row.phone ?? '']),
    sheet.validator?.name ?? '',
  ].filter((text) => text !== '').map(flat)
}
const flat = (text: string): string => text.replace(/\s+/gu, ' ')
const bytesOf = async ({ app }: SheetWorld, revision_id: string, more: Record<string, unknown> = {}) => Buffer.from(String((await app.ask('sheet.pdf', { revision_id, ...more }))['base64']), 'base64')

describe('a published sheet on paper', () => {
  for (const [kind, language] of [['event', 'fr'], ['event', 'en'], ['film', 'fr'], ['film', 'en']] as const)
    it(`says what the snapshot says: ${kind === 'film' ? 'film' : 'stage'} day in ${language}`, async () => {
      const { opened, revision, sheet } = await publishedDay(kind, language)
      const bytes = await bytesOf(opened, revision)
      const text = textOf(bytes)
      expect(sayings(sheet).length).toBeGreaterThan(50)
      expect(sayings(sheet).filter((saying) => !text.includes(saying))).toEqual([])
      const { content_hash } = await opened.app.ask('sheet.pdf', { revision_id: revision })
      for (const page of pagesOf(bytes)) expect(page).toContain(`v1 · ${String(content_hash)}`)
      expect(sheet.layout).toBe(kind === 'film' ? 'film' : 'stage')
    }, 30_000)

  it('comes out as the same bytes each time, later and for another person', async () => {
    const { opened, revision } = await publishedDay('event', 'fr')
    const first = await bytesOf(opened, revision)
    opened.app.at('2027-01-10T09:00:00.000Z')
    const row = await opened.app.ask('mission.get', { id: opened.mission })
    await opened.app.ask('mission.update', { id: opened.mission, version: row['version'], changes: { title: 'Autre' } })
    expect((await bytesOf(opened, revision)).equals(first)).toBe(true)
    const manager = await opened.member('project_manager')
    expect(String((await opened.app.ask('sheet.pdf', { revision_id: revision }, manager))['base64'])).toBe(first.toString('base64'))
  }, 30_000)

  it('a draft says on every page that it is one, and takes the time of its print', async () => {
    world = await openSheetWorld()
    const { revision } = await world.prepare()
    const bytes = await bytesOf(world, revision)
    for (const page of pagesOf(bytes)) expect(page.replace(/\s/g, '')).toContain('BROUILLON')
    expect((await bytesOf(world, revision)).equals(bytes)).toBe(false)
  })

  it('is a table as well, with the same identifiers', async () => {
    const { opened, revision } = await publishedDay('event', 'fr')
    const file = await opened.app.ask('sheet.csv', { revision_id: revision })
    const text = Buffer.from(String(file['base64']), 'base64').toString('utf8')
    expect(file['file_name']).toBe('2026-10-24_J3_feuille-de-service_v1.csv')
    for (const said of ['Inès Morvan', 'Balances', 'Navette', String(file['content_hash'])]) expect(text).toContain(said)
  })

  it('boxes the line of one person, and refuses someone who is not on it', async () => {
    const { opened, revision } = await publishedDay('event', 'fr')
    const mentions = async (more: Record<string, unknown>) => textOf(await bytesOf(opened, revision, more)).split('Jeanne Roux').length - 1
    expect(await mentions({ assignment_id: opened.assignments[2] })).toBe((await mentions({})) + 1)
    expect(await opened.app.refused('sheet.pdf', { revision_id: revision, assignment_id: opened.mission })).toBe('validation.reference')
  }, 30_000)
})
