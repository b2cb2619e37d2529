/** The contracts of a project as a list, what a month of pay holds, and who of the crew has none: on a real file. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { contractMarkOf, contractMarks, contractPhases, phaseOf } from '../../../shared/domain/contracts/phases.ts'
import { contractVersionStates } from '../../../shared/domain/contracts/kinds.ts'
import { hour, openContracted, type Contracted } from '../../fixtures/contracted.ts'

interface Line {
  id: string
  contract_id: string | null
  phase: string
  state: string
  kind: string
  name: string
  reference: string | null
  first_day: string
  last_day: string
  missions: string[]
  missing: number | null
  gross_minor: number | null
  can: string[]
  house_signed: string | null
  other_signed: string | null
}
interface Listed {
  items: Line[]
  total: number
  ids?: string[]
  facets?: Record<string, { value: unknown; count: number }[]>
}

let w: Contracted
beforeEach(async () => {
  w = await openContracted({ seed: 'contract-lines' })
})
afterEach(() => w.app.close())

const lines = async (input: object = {}, session?: Session): Promise<Listed> => (await w.app.ask('contract.lines', { project_id: w.project, ...input }, session)) as unknown as Listed
/** One signed, one drafted, one who waits for a contract. */
async function three(): Promise<{ signed: { id: string; version_id: string; reference: string }; draft: { id: string; version_id: string }; waiting: string }> {
  const signed = await w.generate([await w.accepted(w.people[0], w.missions[0], [6, 16])])
  await w.complete(signed.version_id)
  await w.hand(signed.version_id, 'signed')
  const draft = await w.generate([await w.accepted(w.people[1], w.missions[0], [6, 16])])
  const waiting = await w.accepted(w.people[2], w.missions[1], [30, 40])
  await w.accepted(w.people[2], w.missions[1], [41, 45])
  return { signed, draft, waiting }
}

describe('the list', () => {
  it('begins with accepted work that has no contract, one line for each person and kind, then follows the ladder', async () => {
    const { signed, draft } = await three()
    const { items, total } = await lines()
    expect(items.map(({ phase, contract_id }) => [phase, contract_id])).toEqual([['to_prepare', null], ['draft', draft.id], ['signed', signed.id]])
    expect(total).toBe(3)
    expect(items[0]).toMatchObject({ id: `${w.people[2]}_cddu`, kind: 'cddu', reference: null, missing: null, gross_minor: null, can: [] })
    expect(items[1]?.missing).toBeGreaterThan(0)
    expect(items[1]?.can).toContain('contract.submit')
    expect(items[2]).toMatchObject({ missing: null, gross_minor: 25_077, house_signed: 'Léa Martin', other_signed: 'Inès Morvan' })
    expect(items[2]?.can).not.toContain('contract.submit')
  })
  it('is filtered, searched, counted and chosen from as other lists are', async () => {
    const { signed, draft } = await three()
    expect((await lines({ filter: { phase: ['draft', 'signed'] } })).items.map(({ id }) => id)).toEqual([draft.id, signed.id])
    expect((await lines({ filter: { mission_id: w.missions[1] } })).items.map(({ phase }) => phase)).toEqual(['to_prepare'])
    expect((await lines({ search: signed.reference })).items.map(({ id }) => id)).toEqual([signed.id])
    expect((await lines({ filter: { first_day: { gte: '2026-10-25' } } })).total + (await lines({ filter: { first_day: { lt: '2026-10-25' } } })).total).toBe(3)
    const counted = await lines({ limit: 1, facets: ['phase'], ids: true })
    expect(counted.facets?.['phase']).toEqual([{ value: 'draft', count: 1 }, { value: 'signed', count: 1 }, { value: 'to_prepare', count: 1 }])
    expect(counted.ids).toHaveLength(3)
  })
  it('names nobody to who draws no contract up', async () => {
    await three()
    expect((await lines({}, w.viewer)).items).toEqual([])
  })
  it('keeps what was asked of a signed contract beside it', async () => {
    const { signed } = await three()
    await w.app.ask('contract.request_void', { id: signed.id, reason: 'Le concert est annulé.' })
    expect((await lines({ filter: { request: 'void' } })).items.map(({ id }) => id)).toEqual([signed.id])
  })
})

describe('the crew', () => {
  it('says who accepted and has no contract, and to nobody else', async () => {
    await three()
    const crew = async (session?: Session) => ((await w.app.ask('collaborator.list_crew', { project_id: w.project }, session)) as unknown as { items: { id: string; contract: string[] }[] }).items
    expect(new Map((await crew()).map(({ id, contract }) => [id, contract]))).toEqual(new Map([[w.people[0], ['signed']], [w.people[1], ['draft']], [w.people[2], ['missing']]]))
    const found = (await w.app.ask('collaborator.list_crew', { project_id: w.project, filter: { contract: 'missing' } })) as unknown as { items: { id: string }[] }
    expect(found.items.map(({ id }) => id)).toEqual([w.people[2]])
    expect((await crew(w.viewer)).flatMap(({ contract }) => contract)).toEqual([])
  })
})

describe('a month of pay', () => {
  it('shows what the file holds and what it leaves out', async () => {
    const { signed, draft } = await three()
    const month = hour(6).slice(0, 7)
    const seen = await w.app.ask('contract.pay_month', { project_id: w.project, month, language: 'fr' })
    const file = await w.app.ask('contract.pay_csv', { project_id: w.project, month, language: 'fr' })
    expect(seen['rows']).toMatchObject([{ reference: signed.reference, days: 1, gross_minor: 25_077, currency: 'EUR', hours_source: 'prévu' }])
    expect(file['rows']).toBe(1)
    const [row] = await w.app.file.readEngine.all('SELECT reference FROM contract WHERE id = ?', [draft.id])
    expect(seen['unsigned']).toEqual([row?.['reference']])
    expect(file['unsigned']).toEqual(seen['unsigned'])
    expect(await w.app.refused('contract.pay_month', { project_id: w.project, month }, w.viewer)).toBe('auth.forbidden')
  })
})

describe('the radar', () => {
  it('leads each line to the contract on which it is settled, where there is one', async () => {
    const { waiting } = await three()
    const { items } = (await w.app.ask('contract.radar', { project_id: w.project })) as unknown as { items: { rule: string; contract_id: string | null; subject: { id: string } }[] }
    expect(items.filter(({ rule }) => rule === 'contract_missing').map(({ contract_id }) => contract_id)).toContain(null)
    expect(items.some(({ subject }) => subject.id === waiting)).toBe(true)
    expect(items.filter(({ contract_id }) => contract_id !== null).length).toBeGreaterThan(0)
  })
})

describe('phases', () => {
  it('every state of a version is in one of them, and in one mark of the crew', () => {
    expect(contractVersionStates.filter((state) => !contractPhases.includes(phaseOf(state)))).toEqual([])
    expect(new Set(contractPhases.map(contractMarkOf))).toEqual(new Set([...contractMarks, null]))
    expect(contractPhases.filter((phase) => contractMarkOf(phase) === null)).toEqual(['archived'])
  })
})
