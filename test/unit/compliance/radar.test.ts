import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complianceRadar, licenceEnd, workingDayAfter, type HireFacts, type RadarFacts, type RadarLine } from '../../../shared/domain/compliance/radar.ts'
import { radarCodes, radarRuleOn, radarRules, type RadarCode } from '../../../shared/domain/compliance/radar-rules.ts'
import { engagementKinds, engagementStates } from '../../../shared/domain/engagement/rules.ts'
import { fromLocal, fromMs, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'

const PARIS = 'Europe/Paris'
const day = (text: string): LocalDate => text as LocalDate
const at = (date: string, time: string, zone = PARIS): Instant => fromLocal(date, time, zone)
const stretch = (date: string, from: string, to: string, end = date, zone = PARIS) => ({ start_at: at(date, from, zone), end_at: at(end, to, zone) })

function hire(change: Partial<HireFacts> = {}): HireFacts {
  return {
    id: 'h1', project_id: 'p1', collaborator_id: 'maya', kind: 'cddu_technician', state: 'confirmed', zone: PARIS,
    stretches: [stretch('2027-06-18', '09:00', '19:00'), stretch('2027-06-21', '09:00', '19:00')],
    dpae_reference: 'D', contract: { id: 'c1', signed_at: at('2027-06-10', '10:00'), sent_at: at('2027-06-09', '10:00') }, aem_months: ['2027-06'], ...change,
  }
}
function radar(now: Instant, change: Partial<RadarFacts> = {}): RadarLine[] {
  return complianceRadar({ now, zone: PARIS, hires: [], projects: [], licences: [], certifications: [], ...change })
}
const only = (rule: RadarCode, lines: RadarLine[]) => lines.filter((line) => line.rule === rule)
const brief = (lines: RadarLine[]) => lines.map(({ rule, due, severity, late }) => [rule, due, severity, late])
const unsigned = { contract: { id: 'c1', signed_at: null, sent_at: null } }

describe('the radar', () => {
  it('is silent for a hire whose papers are in order, and for who needs none of them', () => {
    for (const now of [at('2027-06-01', '08:00'), at('2027-06-18', '09:00'), at('2027-07-20', '08:00')]) {
      expect(radar(now, { hires: [hire()] })).toEqual([])
      const bare = { dpae_reference: null, contract: null, aem_months: [] }
      for (const kind of engagementKinds) if (!kind.startsWith('cddu')) expect(radar(now, { hires: [hire({ ...bare, kind })] })).toEqual([])
      for (const state of engagementStates) {
        const lines = radar(now, { hires: [hire({ ...bare, state })] })
        expect(lines.length > 0, state).toBe(['accepted', 'confirmed', 'executed', 'closed'].includes(state))
      }
    }
  })

  it('cites an article and a role for every line, from rules that have a date', () => {
    expect(radarRules.map(({ code }) => code)).toEqual([...radarCodes])
    const lines = radar(at('2027-08-01', '08:00'), {
      hires: [hire({ dpae_reference: null, aem_months: [], contract: null }), hire({ id: 'h2', ...unsigned })], projects: [{ id: 'p1', object_number: null, object_number_due: true }],
      licences: [{ number: 'PLATESV-R-2022-000123', expires_on: day('2027-08-20'), declared_on: null }],
    })
    expect(new Set(lines.map(({ rule }) => rule))).toEqual(new Set(radarCodes.filter((code) => code !== 'certification_expiring' && code !== 'permit_expiring')))
    for (const line of lines) expect([line.article.length > 5, line.who]).toEqual([true, radarRules.find(({ code }) => code === line.rule)?.who])
    // Before a rule began there is nothing to ask.
    expect(radarRuleOn('aem', day('2017-10-22'))).toBe(null)
    expect(radarRuleOn('aem', day('2017-10-23'))?.parameters.day_of_month).toBe(15)
  })
})

describe('the declaration before hiring', () => {
  const now = (time: Instant) => brief(only('dpae', radar(time, { hires: [hire({ dpae_reference: null })] })))
  it('is shown eight days before, warns two days before, and is late from the first minute of work', () => {
    expect(now(at('2027-06-09', '23:59'))).toEqual([])
    expect(now(at('2027-06-10', '00:00'))).toEqual([['dpae', '2027-06-18', 'info', false]])
    expect(now(at('2027-06-16', '00:00'))).toEqual([['dpae', '2027-06-18', 'warning', false]])
    expect(now(at('2027-06-18', '08:59'))).toEqual([['dpae', '2027-06-18', 'warning', false]])
    expect(now(at('2027-06-18', '09:00'))).toEqual([['dpae', '2027-06-18', 'severe', true]])
    expect(now(at('2028-01-01', '09:00'))).toEqual([['dpae', '2027-06-18', 'severe', true]])
  })

  it('counts days on the clocks of the work', () => {
    const far = hire({ dpae_reference: null, zone: 'Indian/Reunion', stretches: [stretch('2027-06-18', '01:00', '09:00', '2027-06-18', 'Indian/Reunion')] })
    const [line] = only('dpae', radar(at('2027-06-17', '12:00'), { hires: [far] }))
    expect(line).toMatchObject({ due: '2027-06-18', days_left: 1, due_at: '2027-06-17T21:00:00.000Z', late: false })
  })
})

describe('the contract', () => {
  const rules = (time: Instant, change: Partial<HireFacts>, zone = PARIS) => brief(radar(time, { hires: [hire({ zone, ...change })] }).filter(({ rule }) => rule.startsWith('contract')))

  it('that does not exist is asked for until the start, and late from it', () => {
    expect(rules(at('2027-05-18', '12:00'), { contract: null })).toEqual([])
    expect(rules(at('2027-05-19', '12:00'), { contract: null })).toEqual([['contract_missing', '2027-06-18', 'info', false]])
    expect(rules(at('2027-06-10', '12:00'), { contract: null })).toEqual([['contract_missing', '2027-06-18', 'warning', false]])
    expect(rules(at('2027-06-18', '09:00'), { contract: null })).toEqual([['contract_missing', '2027-06-18', 'severe', true]])
  })

  it('must be signed 48 hours after the start, and be in hand two working days after it, Sunday left out', () => {
    // From Friday: Saturday and Monday count.
    expect(rules(at('2027-06-17', '12:00'), unsigned)).toEqual([])
    expect(rules(at('2027-06-19', '12:00'), unsigned)).toEqual([['contract_unsigned', '2027-06-20', 'warning', false], ['contract_handover', '2027-06-21', 'warning', false]])
    expect(rules(at('2027-06-20', '09:00'), unsigned)).toEqual([['contract_unsigned', '2027-06-20', 'severe', true], ['contract_handover', '2027-06-21', 'warning', false]])
    expect(rules(at('2027-06-22', '00:00'), unsigned)).toEqual([['contract_unsigned', '2027-06-20', 'severe', true], ['contract_handover', '2027-06-21', 'severe', true]])
    // In hand but not signed back.
    expect(rules(at('2027-06-22', '00:00'), { contract: { id: 'c1', signed_at: null, sent_at: at('2027-06-17', '10:00') } })).toEqual([['contract_unsigned', '2027-06-20', 'severe', true]])
  })

  it('of less than 48 hours must be signed before it starts', () => {
    const short = { ...unsigned, stretches: [stretch('2027-06-18', '20:00', '02:00', '2027-06-19')] }
    expect(rules(at('2027-06-16', '12:00'), short)[0]).toEqual(['contract_unsigned', '2027-06-18', 'warning', false])
    expect(rules(at('2027-06-18', '20:00'), short)[0]).toEqual(['contract_unsigned', '2027-06-18', 'severe', true])
  })

  it('has 48 real hours over both clock changes', () => {
    const long = (from: string, to: string, time: string) => ({ ...unsigned, stretches: [stretch(from, time, '23:59'), stretch(to, '09:00', '12:00')] })
    const due = (change: Partial<HireFacts>, now: Instant) => only('contract_unsigned', radar(now, { hires: [hire(change)] })).map((line) => [line.due, line.due_at])
    // The night of 28 March has one hour less, that of 31 October one more.
    expect(due(long('2027-03-27', '2027-04-02', '23:30'), at('2027-03-29', '12:00'))).toEqual([['2027-03-30', '2027-03-29T22:30:00.000Z']])
    expect(due(long('2027-10-30', '2027-11-04', '00:30'), at('2027-10-31', '12:00'))).toEqual([['2027-10-31', '2027-10-31T22:30:00.000Z']])
  })

  it('counts no public holiday, where those of the place are known', () => {
    expect(workingDayAfter(day('2027-06-18'), 2, PARIS)).toBe('2027-06-21')
    // From Wednesday 13 May 2026: Ascension is on Thursday.
    expect(workingDayAfter(day('2026-05-13'), 2, PARIS)).toBe('2026-05-16')
    expect(workingDayAfter(day('2026-05-13'), 2, 'America/Montreal')).toBe('2026-05-15')
    // Christmas of 2027 is a Saturday; Sunday follows.
    expect(workingDayAfter(day('2027-12-24'), 2, PARIS)).toBe('2027-12-28')
    // New year: Thursday 31 December 2026, Friday off, Saturday, Sunday, Monday.
    expect(workingDayAfter(day('2026-12-31'), 2, PARIS)).toBe('2027-01-04')
    expect(rules(at('2026-05-16', '23:00'), { ...unsigned, stretches: [stretch('2026-05-13', '09:00', '12:00'), stretch('2026-05-20', '09:00', '12:00')] }).at(-1)).toEqual(['contract_handover', '2026-05-16', 'warning', false])
  })

  it('in hand never later than the days of the calendar allow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3650 }), fc.integer({ min: 1, max: 5 }), (shift, count) => {
        const from = fromMs(toMs(at('2020-01-01', '12:00', 'UTC')) + shift * 86_400_000).slice(0, 10) as LocalDate
        const to = workingDayAfter(from, count, PARIS)
        expect(to > from).toBe(true)
        expect(new Date(`${to}T00:00:00Z`).getUTCDay()).not.toBe(0)
        expect(workingDayAfter(workingDayAfter(from, 1, PARIS), count, PARIS)).toBe(workingDayAfter(from, count + 1, PARIS))
        expect(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']).not.toContain(to.slice(5))
      }),
    )
  })
})

describe('the monthly certificate', () => {
  const months = (now: Instant, change: Partial<HireFacts> = {}) => only('aem', radar(now, { hires: [hire({ aem_months: [], ...change })] })).map(({ month, due, severity }) => [month, due, severity])
  it('is asked for once the last working day of the month has begun, by the 15th of the next', () => {
    expect(months(at('2027-06-20', '12:00'))).toEqual([])
    expect(months(at('2027-06-21', '09:00'))).toEqual([['2027-06', '2027-07-15', 'info']])
    expect(months(at('2027-07-12', '12:00'))).toEqual([['2027-06', '2027-07-15', 'warning']])
    expect(months(at('2027-07-15', '23:59'))).toEqual([['2027-06', '2027-07-15', 'warning']])
    expect(months(at('2027-07-16', '00:00'))).toEqual([['2027-06', '2027-07-15', 'severe']])
  })

  it('is one for each month of a contract, a night counting where it begins, the year turning', () => {
    const stretches = [stretch('2027-11-30', '22:00', '04:00', '2027-12-01'), stretch('2027-12-31', '22:00', '04:00', '2028-01-01')]
    expect(months(at('2028-01-02', '12:00'), { stretches })).toEqual([['2027-11', '2027-12-15', 'severe'], ['2027-12', '2028-01-15', 'info']])
    expect(months(at('2028-01-02', '12:00'), { stretches, aem_months: ['2027-11'] })).toEqual([['2027-12', '2028-01-15', 'info']])
    expect(months(at('2027-12-05', '12:00'), { stretches })).toEqual([['2027-11', '2027-12-15', 'info']])
  })

  it('has the month of the clocks of the work: the same instant in Paris and in Martinique', () => {
    const stretches = [{ start_at: '2027-06-30T23:00:00.000Z' as Instant, end_at: '2027-07-01T03:00:00.000Z' as Instant }]
    const now = '2027-07-02T12:00:00.000Z' as Instant
    expect(months(now, { stretches }).map(([month]) => month)).toEqual(['2027-07'])
    expect(months(now, { stretches, zone: 'America/Martinique' }).map(([month]) => month)).toEqual(['2027-06'])
  })
})

describe('the numéro d’objet', () => {
  const project = { id: 'p1', object_number: null, object_number_due: true }
  it('is asked once for a project, before its first work', () => {
    const hires = [hire({ id: 'h2', stretches: [stretch('2027-06-25', '09:00', '12:00')] }), hire(), hire({ id: 'h3', project_id: 'p2' })]
    const lines = (now: Instant, projects: RadarFacts['projects']) => only('object_number', radar(now, { hires, projects })).map(({ subject, due, severity }) => [subject.id, due, severity])
    expect(lines(at('2027-05-18', '12:00'), [project])).toEqual([])
    expect(lines(at('2027-06-01', '12:00'), [project])).toEqual([['p1', '2027-06-18', 'info']])
    expect(lines(at('2027-06-11', '12:00'), [project])).toEqual([['p1', '2027-06-18', 'warning']])
    expect(lines(at('2027-06-18', '09:00'), [project])).toEqual([['p1', '2027-06-18', 'severe']])
    expect(lines(at('2027-06-18', '09:00'), [{ ...project, object_number: '27A512345678' }, { id: 'p2', object_number: null, object_number_due: false }])).toEqual([])
    expect(only('object_number', radar(at('2027-06-18', '09:00'), { projects: [project] }))).toEqual([])
  })
})

describe('a licence', () => {
  const line = (now: Instant, expires_on: string) => only('licence_expiring', radar(now, { licences: [{ number: 'PLATESV-R-2022-000123', expires_on: day(expires_on), declared_on: null }] })).map(({ due, severity, who }) => [due, severity, who])
  it('is told 60 days before its last day, warned 30 days before, and late after it', () => {
    expect(line(at('2027-06-01', '12:00'), '2027-08-01')).toEqual([])
    expect(line(at('2027-06-02', '00:00'), '2027-08-01')).toEqual([['2027-08-01', 'info', 'org_admin']])
    expect(line(at('2027-07-02', '12:00'), '2027-08-01')).toEqual([['2027-08-01', 'warning', 'org_admin']])
    expect(line(at('2027-08-01', '23:59'), '2027-08-01')).toEqual([['2027-08-01', 'warning', 'org_admin']])
    expect(line(at('2027-08-02', '00:00'), '2027-08-01')).toEqual([['2027-08-01', 'severe', 'org_admin']])
  })

  it('ends five years after its declaration, or at the earliest that its number allows', () => {
    const end = (declared_on: string | null, number = 'PLATESV-R-2022-000123') => licenceEnd({ number, expires_on: null, declared_on: declared_on as LocalDate | null }, 5)
    expect(end('2022-06-15')).toEqual({ on: '2027-06-14', estimated: false })
    expect(end('2024-02-29')).toEqual({ on: '2029-02-27', estimated: false })
    expect(end(null)).toEqual({ on: '2026-12-31', estimated: true })
    expect(end(null, '2-1054321')).toBe(null)
    expect(only('licence_expiring', radar(at('2026-12-01', '12:00'), { licences: [{ number: 'PLATESV-R-2022-000123', expires_on: null, declared_on: null }] }))[0]).toMatchObject({ estimated: true, due: '2026-12-31' })
  })
})

describe('a certification', () => {
  const held = (expires_on: string | null, id = 'x1') => ({ id, collaborator_id: 'maya', kind_id: 'caces', expires_on: expires_on as LocalDate | null })
  const lines = (now: Instant, certifications: RadarFacts['certifications'], change: Partial<HireFacts> = {}) =>
    only('certification_expiring', radar(now, { hires: [hire(change)], certifications })).map(({ subject, due, severity }) => [subject.id, due, severity])
  it('that ends during the work is told, one that covers its last day is not, nor one of work that is over', () => {
    const now = at('2027-06-01', '12:00')
    expect(lines(now, [held('2027-06-20')])).toEqual([['x1', '2027-06-20', 'warning']])
    expect(lines(now, [held('2027-06-21')])).toEqual([])
    expect(lines(now, [held(null)])).toEqual([])
    expect(lines(now, [held('2027-05-31')])).toEqual([['x1', '2027-05-31', 'severe']])
    expect(lines(at('2027-06-21', '19:00'), [held('2027-06-20')])).toEqual([])
    expect(lines(now, [held('2027-06-20')], { kind: 'freelance' })).toEqual([['x1', '2027-06-20', 'warning']])
    expect(lines(now, [held('2027-06-20')], { state: 'proposed' })).toEqual([])
    expect(lines(now, [{ ...held('2027-06-20'), collaborator_id: 'tom' }])).toEqual([])
    expect(lines(now, [held('2027-06-20')], { stretches: [stretch('2027-06-20', '18:00', '00:00', '2027-06-21')] })).toEqual([])
  })

  it('that is a permit to be here or to work is told by its own rule, of its own paper', () => {
    const permits = [{ id: 'paper', collaborator_id: 'maya', kind_id: 'residence_permit', expires_on: day('2027-06-20') }]
    expect(only('permit_expiring', radar(at('2027-06-01', '12:00'), { hires: [hire()], permits }))).toMatchObject([{ subject: { entity: 'identity_paper', id: 'paper' }, due: '2027-06-20', collaborator_id: 'maya', who: 'project_manager' }])
    expect(only('permit_expiring', radar(at('2027-06-01', '12:00'), { hires: [hire()], permits: [{ ...permits[0], id: 'later', collaborator_id: 'maya', kind_id: 'residence_permit', expires_on: null }] }))).toEqual([])
  })

  it('that was renewed counts by the one that lasts longest', () => {
    const now = at('2027-06-01', '12:00')
    expect(lines(now, [held('2027-06-10', 'old'), held('2032-06-10', 'new')])).toEqual([])
    expect(lines(now, [held(null, 'for ever'), held('2027-06-10', 'old')])).toEqual([])
    expect(lines(now, [held('2027-06-10', 'old'), held('2027-06-19', 'new')])).toEqual([['new', '2027-06-19', 'warning']])
  })
})

describe('the list', () => {
  it('is in order of its dates, the same for any order of the facts, and a line never goes back from late while time passes', () => {
    const hires = [hire({ id: 'a', dpae_reference: null, ...unsigned, aem_months: [] }), hire({ id: 'b', contract: null }), hire({ id: 'c', ...unsigned, contract: { id: 'c2', signed_at: null, sent_at: null }, stretches: [stretch('2027-10-30', '22:00', '06:00', '2027-10-31')] })]
    const facts: Partial<RadarFacts> = { hires, projects: [{ id: 'p1', object_number: null, object_number_due: true }], licences: [{ number: 'L-R-22-1', expires_on: day('2027-09-01'), declared_on: null }] }
    const key = ({ rule, subject, month }: RadarLine): string => `${rule} ${subject.id} ${month ?? ''}`
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 300 }), fc.integer({ min: 0, max: 24 * 60 }), (hour, more) => {
        const now = fromMs(toMs(at('2027-03-01', '00:00')) + hour * 3_600_000)
        const lines = radar(now, facts)
        expect(radar(now, { ...facts, hires: hires.toReversed() })).toEqual(lines)
        expect(lines.map(({ due }) => due)).toEqual(lines.map(({ due }) => due).toSorted())
        expect(new Set(lines.map(key)).size).toBe(lines.length)
        const later = new Map(radar(fromMs(toMs(now) + more * 3_600_000), facts).map((line) => [key(line), line]))
        for (const line of lines) expect(later.get(key(line))).toMatchObject({ due: line.due, ...(line.late ? { late: true, severity: 'severe' } : {}) })
      }),
      { numRuns: 60 },
    )
  })
})
