/** The sheet of J3, published three times, with what changed in between. */
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { demoNotes, demoPause, demoSlots, type DemoSlot } from './demo-days.ts'
import { need, type DemoWorld } from './demo-world.ts'

const record = (value: Json | undefined): Record<string, Json> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {})
const rows = (value: Json | undefined): Record<string, Json>[] => (Array.isArray(value) ? value.map(record) : [])

function slotInput({ at }: DemoWorld, revision_id: Json | undefined, one: DemoSlot): Record<string, unknown> {
  return {
    revision_id, kind: one.kind, label: one.label, start_at: at(one.start), ...(one.end === null ? {} : { end_at: at(one.end) }), place: one.place, departments: one.departments,
    everyone: one.departments.length === 0, ...(one.detail ? { detail: one.detail } : {}), ...(one.person ? { person: one.person } : {}), important: one.important ?? false,
  }
}

/** The version in work with its rows. */
async function workOf({ asking }: DemoWorld, sheet: Id): Promise<Record<string, Json>> {
  return record(record(await asking.ask('sheet.get', { id: sheet }))['work'])
}
const slotNamed = (work: Record<string, Json>, label: string): Record<string, Json> => rows(work['slots']).find((row) => row['label'] === label) ?? {}

export async function publishDemoSheet(world: DemoWorld): Promise<void> {
  const { asking, at, missions } = world
  const prepared = record(await asking.ask('sheet.prepare', { mission_id: need(missions, 'maree'), covers: [need(missions, 'raccords'), need(missions, 'demontage')] }))
  const sheet = String(prepared['id']) as Id
  const first = prepared['revision_id']
  const work = await workOf(world, sheet)
  await asking.ask('sheet.update_draft', {
    revision_id: first, version: work['version'], changes: {
      // Moved to another date, the show has an ordinary night after it.
      alerts: at('25 02:15') === at('25 02:15b') ? [] : [{ id: 'clocks', title: 'Changement d’heure cette nuit.', text: 'À 03:00 il sera 02:00. Heures en Europe/Paris : UTC+2 jusqu’au changement, UTC+1 ensuite.' }],
      weather: {
        source: 'Météo du Littoral', forecast_at: at('23 18:00'),
        periods: [['Après-midi', '15°', 'pluie 40 %'], ['Soirée', '12°', 'pluie 20 %'], ['Nuit', '9°', 'pluie 60 %'], ['Vent SO', '35', 'raf. 55 km/h']].map(([label, figure, note], index) => ({ id: `w${index + 1}`, label, figure, note })),
      },
      safety: ['Plan de levage validé. Zone de levage fermée de 23:30 à 02:00, casque obligatoire.', 'Repli en cas d’évacuation : point de rassemblement R, parvis sud.'].map((text, index) => ({ id: `s${index + 1}`, text })),
      channels: [['1', 'régie'], ['2', 'vidéo'], ['3', 'son'], ['9', 'PC sécurité']].map(([channel, use], index) => ({ id: `c${index + 1}`, channel, use })),
    },
  })
  for (const one of demoSlots) await asking.ask('sheet.add_slot', slotInput(world, first, one))
  for (const [visibility, text] of demoNotes) await asking.ask('sheet.add_note', { revision_id: first, visibility, text })
  await asking.ask('sheet.publish', { revision_id: first })

  const second = record(await asking.ask('sheet.revise', { id: sheet }))['revision_id']
  const safety = slotNamed(await workOf(world, sheet), 'Essai sécurité, évacuation, rideau de fer')
  await asking.ask('sheet.update_slot', { id: safety['id'], version: safety['version'], changes: { place: 'Salle et foyer' } })
  await asking.ask('sheet.publish', { revision_id: second })

  const third = record(await asking.ask('sheet.revise', { id: sheet }))['revision_id']
  const draft = await workOf(world, sheet)
  const strike = slotNamed(draft, 'Démontage & chargement')
  await asking.ask('sheet.add_slot', { ...slotInput(world, third, demoPause), after_id: strike['id'] })
  await asking.ask('sheet.publish', { revision_id: third })
}
