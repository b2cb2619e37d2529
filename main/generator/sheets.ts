/** Run sheets of the days: prepared, filled, published, and revised as often as the profile says. */
import { fromMs, MINUTE, toMs } from '../../shared/kernel/instants.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Asking } from './asking.ts'
import type { GeneratedMission } from './missions.ts'
import type { Random } from './random.ts'

const labels: readonly (readonly [kind: string, label: string])[] = [
  ['call', 'Accueil équipe, émargement'], ['work', 'Mise en place'], ['work', 'Réglages lumière'], ['rehearsal', 'Balances'], ['rehearsal', 'Raccords'], ['break', 'Pause'], ['safety', 'Point sécurité'],
  ['meal', 'Repas'], ['work', 'Changement de plateau'], ['doors', 'Ouverture au public'], ['show', 'Représentation'], ['work', 'Rangement'], ['travel', 'Navette'], ['wrap', 'Fin de service'],
]
const codes = ['REG', 'LUM', 'SON', 'PLT', 'VID', 'ART', 'ACC', 'SEC']

export interface SheetPlan {
  sheets: number
  versionTenths: number
  slotsPerSheet: number
}

/** Missions of one day under one sheet each time; as many groups as there are sheets to make. */
function groupsOf(missions: readonly GeneratedMission[], count: number): (readonly [GeneratedMission, ...GeneratedMission[]])[] {
  const byDay = [...Map.groupBy(missions.filter((one) => !one.canceled), (one) => `${one.project} ${one.date} ${one.zone}`).values()]
  const total = byDay.reduce((sum, day) => sum + day.length, 0)
  const size = Math.max(1, Math.floor(total / Math.max(1, count)))
  const weightOf = (mission: GeneratedMission): number => (mission.kind === 'show' || mission.kind === 'shoot' ? 1 : 0)
  const groups = byDay.flatMap((day) => {
    const list: (readonly [GeneratedMission, ...GeneratedMission[]])[] = []
    for (let from = 0; from < day.length; from += size) {
      const [lead, ...others] = day.slice(from, from + size)
      if (lead) list.push([lead, ...others.slice(0, 30)])
    }
    return list
  })
  // Shows and shooting days have a sheet before anything else has one; then in the order of time.
  return groups
    .map((group, index) => ({ group, index }))
    .sort((a, b) => weightOf(b.group[0]) - weightOf(a.group[0]) || a.index - b.index)
    .slice(0, count)
    .map(({ group }) => group)
}

function slotsOf(random: Random, mission: GeneratedMission, count: number): Record<string, unknown>[] {
  const start = toMs(mission.window.start_at)
  const length = toMs(mission.window.end_at) - start
  return Array.from({ length: count }, (_, index) => {
    const at = start + Math.floor((length * index) / count / (5 * MINUTE)) * 5 * MINUTE
    const [kind, label] = labels[Math.min(labels.length - 1, Math.floor((index * labels.length) / count))] ?? ['work', 'Travail']
    const departments = random.some(codes, random.between(0, 3))
    return { kind, label, start_at: fromMs(at), end_at: fromMs(at + random.between(1, 6) * 5 * MINUTE), place: random.pick(['Plateau', 'Salle', 'Foyer', 'Loges', 'Quai B']), departments, everyone: departments.length === 0 }
  })
}

const idIn = (value: Json, name: string): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value[name] ?? null) : null)

export async function makeSheets(asking: Asking, random: Random, missions: readonly GeneratedMission[], plan: SheetPlan, onProgress: (done: number, total: number) => void): Promise<number> {
  const groups = groupsOf(missions, plan.sheets)
  for (const [index, [lead, ...others]] of groups.entries()) {
    const sheet = await asking.ask('sheet.prepare', { mission_id: lead.id, covers: others.map(({ id }) => id) })
    const first = idIn(sheet, 'revision_id')
    const lines = Math.max(3, Math.round(plan.slotsPerSheet * (0.75 + ((index * 7) % 11) / 20)))
    await asking.ask('sheet.add_slots', { revision_id: first, slots: slotsOf(random, lead, lines) })
    await asking.ask('sheet.publish', { revision_id: first })
    const versions = Math.floor(((index + 1) * plan.versionTenths) / 10) - Math.floor((index * plan.versionTenths) / 10)
    for (let version = 1; version < versions; version++) {
      const next = idIn(await asking.ask('sheet.revise', { id: idIn(sheet, 'id') }), 'revision_id')
      await asking.ask('sheet.add_note', { revision_id: next, visibility: 'field', text: random.pick(['Parking complet : covoiturage depuis le dépôt.', 'Repas avancé de 15 minutes.', 'Prévoir vêtements de pluie.']) })
      await asking.ask('sheet.publish', { revision_id: next })
    }
    if (index % 20 === 19 || index + 1 === groups.length) onProgress(index + 1, groups.length)
  }
  return groups.length
}
