import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { breachOf, defaultRulePack, ruleInForce, rulePackSchema } from '../../../shared/domain/planning/rule-packs.ts'
import type { RuleContext, RulePack } from '../../../shared/domain/planning/rule-packs.ts'

const on = (date: string, more: Partial<RuleContext> = {}): RuleContext =>
  ({ agreement: null, engagement_kind: null, ...more, date: date as LocalDate })
const pack = (id: string, warning_minutes: number, more: Partial<RulePack> = {}): RulePack => ({
  ...defaultRulePack, id, ...more,
  rules: defaultRulePack.rules.filter((rule) => rule.code === 'daily_work').map((rule) => ({ ...rule, warning_minutes })),
})

describe('the default rule pack', () => {
  it('holds the thresholds of the labour code, in hours', () => {
    const hours = Object.fromEntries(defaultRulePack.rules.map((rule) => [rule.code, [rule.warning_minutes / 60, rule.severe_minutes === null ? null : rule.severe_minutes / 60]]))
    expect(hours).toMatchObject({ daily_work: [10, 12], daily_rest: [11, 9], week_work: [48, 60], week_average: [44, null], weekly_rest: [35, 24] })
    expect(defaultRulePack.rules.find((rule) => rule.code === 'week_average')?.parameters).toEqual({ weeks: 12 })
  })

  it('cites an article for every rule that raises a conflict, in both languages', () => {
    for (const rule of defaultRulePack.rules) {
      if (rule.kind !== null) expect(rule.article).toMatch(/^[LD]\d{4}-\d+/)
      expect(rule.title.fr === rule.title.en).toBe(false)
    }
  })

  it('is not in force before its first day', () => {
    expect(ruleInForce([], 'daily_work', on('2016-08-09'))).toBeNull()
    expect(ruleInForce([], 'daily_work', on('2016-08-10'))).toMatchObject({ is_default: true })
  })
})

describe('the rule in force', () => {
  const live = pack('live', 600, { agreement: '1285' })
  const artists = pack('artists', 500, { agreement: '1285', population: ['cddu_artist'] })
  const later = pack('later', 700, { agreement: '1285', valid_from: '2027-01-01' as LocalDate, valid_to: '2027-12-31' as LocalDate })
  const packs = [defaultRulePack, live, artists, later]
  const chosen = (context: RuleContext): string | undefined => ruleInForce(packs, 'daily_work', context)?.pack_id

  it('is of the agreement before the law, of the population before everyone, the latest on that day', () => {
    expect(chosen(on('2026-06-01'))).toBe(defaultRulePack.id)
    expect(chosen(on('2026-06-01', { agreement: '3097' }))).toBe(defaultRulePack.id)
    expect(chosen(on('2026-06-01', { agreement: '1285' }))).toBe('live')
    expect(chosen(on('2027-12-31', { agreement: '1285' }))).toBe('later')
    expect(chosen(on('2028-01-01', { agreement: '1285' }))).toBe('live')
    expect(chosen(on('2027-06-01', { agreement: '1285', engagement_kind: 'cddu_artist' }))).toBe('artists')
    expect(chosen(on('2026-06-01', { agreement: '1285', engagement_kind: 'cddu_technician' }))).toBe('live')
  })

  it('does not depend on the order of the packs', () => {
    const reversed = [...packs].reverse()
    for (const date of ['2026-06-01', '2027-06-01', '2028-06-01']) {
      expect(ruleInForce(reversed, 'daily_work', on(date, { agreement: '1285' }))).toEqual(ruleInForce(packs, 'daily_work', on(date, { agreement: '1285' })))
    }
  })

  it('falls back on the default where the agreement is silent', () => {
    expect(ruleInForce([live], 'daily_rest', on('2027-06-01', { agreement: '1285' }))).toMatchObject({ is_default: true, rule: { warning_minutes: 660 } })
  })

  it('is broken strictly above a ceiling and strictly below a floor', () => {
    const rule = (code: string): RulePack['rules'][number] => {
      const one = defaultRulePack.rules.find((candidate) => candidate.code === code)
      if (!one) throw new Error(code)
      return one
    }
    const at = (code: string, minutes: number): string | null => breachOf(rule(code), minutes * 60_000)
    expect([at('daily_work', 600), at('daily_work', 601), at('daily_work', 720), at('daily_work', 721)]).toEqual([null, 'warning', 'warning', 'severe'])
    expect([at('daily_rest', 660), at('daily_rest', 659), at('daily_rest', 540), at('daily_rest', 539)]).toEqual([null, 'warning', 'warning', 'severe'])
    expect(at('week_average', 100_000)).toBe('warning')
  })
})

describe('a rule pack', () => {
  it('is refused with a severe limit before the warning, two rules of a code, a false date or an unknown field', () => {
    const [first] = defaultRulePack.rules
    const refused = (change: object): boolean => !rulePackSchema.safeParse({ ...defaultRulePack, ...change }).success
    expect(refused({})).toBe(false)
    expect(refused({ rules: [{ ...first, limit: 'ceiling', severe_minutes: 1 }] })).toBe(true)
    expect(refused({ rules: [first, first] })).toBe(true)
    expect(refused({ valid_from: '2027-02-30' })).toBe(true)
    expect(refused({ valid_to: '2001-01-01' })).toBe(true)
    expect(refused({ note: 'x' })).toBe(true)
  })
})
