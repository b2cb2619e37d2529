/** Contracts as pages show them: where the radar leads, which steps many rows may take, the months of a project. */
import { describe, expect, test } from 'vitest'
import { stepsOffered } from '../../../renderer/pages/contracts/contract-line.ts'
import type { ContractLine } from '../../../renderer/pages/contracts/contract-line.ts'
import { monthsOf, monthWords } from '../../../renderer/pages/contracts/months.ts'
import { radarPath } from '../../../renderer/pages/contracts/radar-links.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const line: ContractLine = {
  id: 'a', contract_id: 'a', version_id: 'v', number: 1, phase: 'draft', state: 'draft_preview', kind: 'cddu', reference: 'CDDU-2026-KXAB12345', title: null, name: 'Anouk Ferrand', collaborator_id: 'p', party_id: null, first_day: '2026-10-24',
  last_day: '2026-10-24', assignment_ids: ['x'], mission_ids: ['m'], missions: ['J2'], sent_at: null, signed_at: null, house_signed: null, other_signed: null, requests: [], missing: 3, gross_minor: null, currency: 'EUR', can: ['contract.submit'],
}

describe('contracts on their page', () => {
  test('many rows offer a step when one of them may take it, in the order of the ladder', () => {
    const rows = [line, { ...line, id: 'b', can: ['contract.send', 'contract.submit'] }, { ...line, id: 'c', can: ['contract.update'] }]
    expect(stepsOffered(rows)).toEqual([{ step: 'submit', count: 2 }, { step: 'send', count: 1 }])
    expect(stepsOffered([])).toEqual([])
  })

  test('what the radar says leads to where it is settled', () => {
    const at = (entity: string, contract_id: string | null = null, collaborator_id: string | null = null): string | null => radarPath({ subject: { entity, id: 'x' }, contract_id, collaborator_id }, 'o', 'p')
    expect(at('hire', 'k')).toBe('/o/o/p/p/contracts/k')
    expect(at('hire')).toBe('/o/o/p/p/contracts?phase=to_prepare')
    expect(at('project')).toBe('/o/o/p/p/contracts?phase=draft,review,approved')
    expect(at('licence')).toBe('/o/o/settings/identity')
    expect(at('certification', null, 'who')).toBe('/o/o/directory?sel=who')
    expect(at('certification')).toBeNull()
  })

  test('the months of a project are those of its own clocks, over the end of a year too', () => {
    const of = (start: string, end: string, also: string | null = null): string[] => monthsOf(start as Instant, end as Instant, 'Europe/Paris', also)
    expect(of('2026-11-30T23:30:00.000Z', '2027-02-01T12:00:00.000Z')).toEqual(['2026-12', '2027-01', '2027-02'])
    expect(of('2026-10-22T22:00:00.000Z', '2026-10-26T22:00:00.000Z', '2026-08')).toEqual(['2026-08', '2026-10'])
    expect(monthWords('2026-10', 'fr')).toBe('octobre 2026')
    expect(monthWords('2026-10', 'en')).toBe('October 2026')
  })
})
