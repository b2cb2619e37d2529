/**
 * Where the engagement of everybody stands on the eve of the show: most said yes and are confirmed, some are waited for, one said yes on a
 * condition; two options stay options. And what contracts say of the house.
 */
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { DemoAssignment } from './demo-days.ts'
import { need, type DemoWorld } from './demo-world.ts'

/** On the show and its strike: who was asked and has not answered, and of whom nobody asked yet. Everybody else said yes. */
const waiting: readonly (readonly [mission: string, person: string])[] = [['maree', 'Chloé Tran'], ['maree', 'Sophie Blanc'], ['raccords', 'Ambre Quéré'], ['demontage', 'Nino Costa'], ['demontage', 'Manut’Ouest'], ['sceneb', 'Gaspard Vitry']]
const untouched: readonly (readonly [mission: string, person: string])[] = [['maree', 'Lola Ngata'], ['sceneb', 'Fiammetta Ravasio'], ['retour', 'Manut’Ouest'], ['cles', 'Léa Martin']]
/** Their yes is under a condition. */
const conditions: Readonly<Record<string, string>> = { 'maree Élodie Fabre': 'Place de parking pour la camionnette, au plus près du quai B.' }
/** Missions whose people were confirmed. */
const confirmed = ['depot', 'reunion', 'lumiere'] as const

const isOf = (list: readonly (readonly [string, string])[], one: DemoAssignment): boolean => list.some(([mission, person]) => mission === one.mission && person === one.person)
const rowIn = (value: Json): Record<string, Json> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {})

interface Planned {
  line: DemoAssignment
  id: Id
}

/** `asks`: the show is still to come, so that people can be asked; else everybody has answered. */
export async function engageDemo({ asking, at }: DemoWorld, planned: readonly Planned[], asks: boolean): Promise<void> {
  const left = planned.filter(({ line }) => line.option || isOf(untouched, line))
  const asked = asks ? planned.filter(({ line }) => !line.option && isOf(waiting, line)) : []
  const yes = planned.filter((one) => !left.includes(one) && !asked.includes(one))
  for (const { line, id } of yes) {
    const condition = conditions[`${line.mission} ${line.person}`]
    await asking.ask('assignment.accept_by_voice', { id, source: 'hand', reason: 'au téléphone', ...(condition === undefined ? {} : { conditions: condition }) })
  }
  if (asked.length > 0) {
    const changes = asked.map(({ id }) => ({ id, version: 1, deadline_at: at('24 12:00') }))
    const acceptances = rowIn(await asking.ask('assignment.propose', { changes }))['acceptance_ids']
    await asking.ask('acceptance.dispatch', { changes: Array.isArray(acceptances) ? acceptances.map((id) => ({ id })) : [], channel: 'hand' })
  }
  const settled = yes.filter(({ line }) => confirmed.some((mission) => mission === line.mission))
  await asking.ask('assignment.confirm', {
    changes: settled.map(({ id }) => ({ id, budget: true, override_reason: 'Contrats remis à l’arrivée.', expected_resolution_at: at('25 12:00') })),
  })
}

/** The invented house as an employer, so that its contracts lack nothing of it. No company has a number that begins so. */
export async function describeEmployer({ asking }: Pick<DemoWorld, 'asking'>): Promise<void> {
  const house = rowIn(rowIn(await asking.ask('organization.get', {}))['organization'] ?? null)
  const body = (name: string): { name: string; address: string } => ({ name, address: '7 rue des Mâts\n75009 Paris' })
  await asking.ask('organization.update', {
    id: house['id'], version: house['version'],
    changes: { legal_name: 'Compagnie du Phare', legal_form: 'association loi 1901', address: '1 quai des Cordiers\n17000 La Rochelle', siren: '999123458', siret: '99912345800013', ape: '90.01Z', licences: ['PLATESV-R-2024-000123'], idcc: '1285' },
  })
  await asking.ask('contract_setting.save', {
    version: null, signatory_name: 'Léa Martin', signatory_capacity: 'directrice de production', agreement_title: 'Convention collective nationale des entreprises artistiques et culturelles', licence_categories: { 'PLATESV-R-2024-000123': 2 },
    pension: body('Retraite du Spectacle'), welfare: body('Prévoyance du Spectacle'), leave_fund: body('Congés du Spectacle'), pay_periodicity: 'end_of_engagement', signature_place: 'La Rochelle',
    overtime: 'Majorées de 25 %, puis de 50 % au-delà de la 43e heure.',
  })
}

/** What is typed of the contract that waits for its signature. */
const typed = {
  temporary_reason: 'Spectacle donné une seule fois en plein port, monté et démonté pour la circonstance.', object_number: '263A00012345', is_executive: false, risky_post: false, trial_days: 1, day_minutes: 480, week_minutes: 2100,
  performances: 1, recording: 'promotion', dpae_reference: 'DPAE-2026-10-0042', signature_place: 'La Rochelle',
} as const

/** One contract sent and not signed, one still a draft in which something is missing. */
export async function draftContracts({ asking, people }: DemoWorld, planned: readonly Planned[]): Promise<void> {
  const generate = async (person: string): Promise<Id> => {
    const ids = planned.filter(({ line }) => line.person === person && !line.option && !isOf(untouched, line)).map(({ id }) => id)
    return String(rowIn(await asking.ask('contract.generate', { assignment_ids: ids }))['version_id']) as Id
  }
  const id = need(people, 'Karim Benali')
  const karim = rowIn(await asking.ask('collaborator.get', { id }))
  await asking.ask('collaborator.update', { id, version: karim['version'], changes: { address: '12 rue du Minage\n17000 La Rochelle', birth_date: '1988-03-14' } })
  const sent = await generate('Karim Benali')
  await asking.ask('contract.update', { id: sent, version: 1, changes: typed })
  for (const step of ['submit', 'approve', 'send']) await asking.ask(`contract.${step}`, { id: sent })
  await generate('Inès Morvan')
}
