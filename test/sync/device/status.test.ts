import { describe, expect, it } from 'vitest'
import { phaseOf, troubleOf, type Facts } from '../../../main/sync/status.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import type { Trouble } from '../../../shared/sync/exchange.ts'

const [lea, karim] = [deriveId('status', 'lea'), deriveId('status', 'karim')]
const facts = (given: Partial<Facts> = {}): Facts => ({
  revoked: false, storage: false, braked: false, standing: 'held', mode: 'resting', recovering: false, problem: null, silent: false, serverFull: false, unknownOperation: false, sending: false, waiting: 0, ...given,
})
const trouble = (problem: Trouble['problem']): Trouble => ({ ok: false, problem, code: null, retry_after_ms: null })

describe('the one state a person is told', () => {
  it('is offline without network, also when nothing waits', () => {
    expect(phaseOf(facts({ problem: 'offline' }))).toBe('offline')
    expect(phaseOf(facts({ problem: 'offline', waiting: 3, mode: 'backing_off' }))).toBe('offline')
  })
  it('is not up to date while a server that was never heard says nothing', () => {
    expect(phaseOf(facts({ silent: true, mode: 'exchanging' }))).toBe('offline')
    expect(phaseOf(facts({ mode: 'exchanging' }))).toBe('synced')
  })
  it('tells a server without room from one that will answer soon', () => {
    expect(phaseOf(facts({ problem: 'server_full', waiting: 2 }))).toBe('server_full')
    expect(phaseOf(facts({ serverFull: true }))).toBe('server_full')
    expect(phaseOf(facts({ problem: 'busy' }))).toBe('retrying')
  })
  it('says first what this computer itself refuses', () => {
    expect(phaseOf(facts({ storage: true, problem: 'server_full' }))).toBe('storage')
    expect(phaseOf(facts({ standing: 'refused', problem: 'server_full' }))).toBe('needs_sign_in')
  })
})

describe('what a round met', () => {
  it('is told to everybody of the computer when it kept everybody from the server', () => {
    const offline = trouble('offline')
    const round = { trouble: offline, troubles: new Map([[lea, offline]]) }
    expect([troubleOf(lea, round), troubleOf(karim, round)]).toEqual(['offline', 'offline'])
    expect(troubleOf(karim, { trouble: trouble('server_full'), troubles: new Map() })).toBe('server_full')
  })
  it('is told to everybody when it is the way up that is closed, also to who hears all the same while somebody’s token is refused', () => {
    const round = { trouble: trouble('server_full'), troubles: new Map([[lea, trouble('token')]]) }
    expect([troubleOf(lea, round), troubleOf(karim, round)]).toEqual(['token', 'server_full'])
  })
  it('stays with the person whose token or rights are refused', () => {
    for (const problem of ['token', 'refused'] as const) {
      const round = { trouble: trouble(problem), troubles: new Map([[lea, trouble(problem)]]) }
      expect([troubleOf(lea, round), troubleOf(karim, round)]).toEqual([problem, null])
    }
  })
  it('is nothing before the first round', () => {
    expect(troubleOf(lea, null)).toBeNull()
  })
})
