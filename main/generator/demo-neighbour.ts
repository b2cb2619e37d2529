/** A second, smaller project of the same house on the same weekend: one person is asked for in both, and only the core can say so. */
import type { Id } from '../../shared/kernel/ids.ts'
import { demoCast } from './demo-show.ts'
import { need, ZONE, type DemoWorld } from './demo-world.ts'

const people = [['Chloé Tran', 'Opératrice vidéo'], ['Joachim Verdier', 'Comédien'], ['Perrine Duprat', 'Comédien'], ['Octave Rigal', 'Runner']] as const

export async function makeNeighbour({ asking, at, roles, people: known, catalogue }: Omit<DemoWorld, 'missions'>): Promise<{ missions: number; assignments: number }> {
  const project = await asking.make('project.create', {
    code: 'EST', name: 'Estuaires, lectures à la criée', zone: ZONE, currency: 'EUR', start_at: at('23 00:00'), end_at: at('25 12:00'), sheet_layout: 'theatre', document_language: 'fr',
    client_name: 'Médiathèque d’Estrance', emergency: { numbers: '112 · SAMU 15 · Pompiers 18', on_site: 'Gardien de la criée' },
  })
  const criee = await asking.make('location.create', {
    name: 'Ancienne criée', kind: 'venue', zone: ZONE, address: '18 quai du Carénage\n17000 La Rochelle', latitude: 46.1571, longitude: -1.1512, capacity: 180, gates: ['quai'],
    hospital_name: 'CH du Littoral', hospital_address: '12 rue des Salines, La Rochelle', hospital_phone: '05 36 49 11 00', hospital_minutes: 9, on_site_aid: 'Gardien de la criée',
  })
  const lines = [
    { title: 'Répétition de la lecture', kind: 'rehearsal', day_code: 'R1', start_at: at('23 14:00'), end_at: at('23 18:00'), location_id: criee },
    { title: 'Lecture publique', kind: 'show', day_code: 'L1', start_at: at('24 17:00'), end_at: at('24 21:30'), location_id: criee },
  ]
  const missions: Id[] = await asking.makeMany('mission.create_many', lines, (some) => ({ project_id: project, missions: some.map((one) => ({ ...one, zone: ZONE, planned: true })) }))
  const [rehearsal, show] = missions
  if (!rehearsal || !show) throw new Error('the neighbour has two missions')
  const assigned = people.flatMap(([person, role]) => {
    const crew_role_id = need(roles, role)
    const card = catalogue.cards.get(crew_role_id)
    return (person === 'Chloé Tran' ? [show] : [rehearsal, show]).map((mission_id) => ({
      mission_id, collaborator_id: need(known, person), crew_role_id, engagement_kind: role === 'Comédien' ? 'cddu_artist' : 'cddu_technician', ...(card ? { rate_card_id: card.id } : {}),
    }))
  })
  await asking.makeMany('assignment.create_many', assigned, (some) => ({ project_id: project, assignments: some }))
  for (const [name, person] of demoCast) await asking.ask('cast_role.create', { project_id: project, name, ...(person === null ? {} : { collaborator_id: need(known, person) }) })
  return { missions: missions.length, assignments: assigned.length }
}
