import { describe, expect, it } from 'vitest'
import { isReadyToSign, mandatoryMentions, mentionsOf, missingMentions, saysWords, unreadMentions } from '../../../shared/domain/contracts/mandatory.ts'
import { contractKinds, type ContractKind } from '../../../shared/domain/contracts/rules.ts'
import { knownClauses, missingMark, parseTemplate, textOfContract, writeContract, type ContractTemplate } from '../../../shared/domain/contracts/template.ts'
import { builtInById, builtInTemplate, builtInTemplates } from '../../../shared/domain/contracts/templates/built-in.ts'
import { variables } from '../../../shared/domain/contracts/variables.ts'
import type { ContractFacts, EmploymentFacts } from '../../../shared/domain/contracts/facts.ts'
import { date, facts, inEnglish, stretch } from './contract-world.ts'

function written(template: ContractTemplate, given: ContractFacts): string {
  const parsed = parseTemplate(template)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return textOfContract(writeContract(parsed.value, given))
}
const work = (kind: ContractKind, change: Partial<EmploymentFacts>): ContractFacts => {
  const given = facts(kind)
  if (given.employment === null) throw new Error('no employment')
  return { ...given, employment: { ...given.employment, ...change } }
}
const missing = (given: ContractFacts): Record<string, string[]> => Object.fromEntries(missingMentions(given).map(({ mention, names }) => [mention.key, names]))

describe('the mandatory mentions of a contract of customary use', () => {
  it('cover the thirteen rows of the law’s table, each with its article, its clause and known variables', () => {
    const rows = mentionsOf('cddu').flatMap(({ row }) => (row === null ? [] : [row]))
    expect([...new Set(rows)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    for (const mention of mentionsOf('cddu')) {
      expect(mention.article, mention.key).toMatch(/^(C\. trav\.|CPI|Règlement)/)
      expect(knownClauses).toContain(mention.where)
      for (const name of mention.missing({ ...facts('cddu'), employment: null, days: [], pay: [] })) expect([...variables.keys()]).toContain(name)
    }
    expect(new Set(mandatoryMentions.map(({ key, kinds }) => `${key} ${kinds.join()}`)).size).toBe(mandatoryMentions.length)
  })

  it('are all asked of an artist too', () => {
    const artist = new Set(mentionsOf('artist').map(({ key }) => key))
    for (const { key } of mentionsOf('cddu')) expect(artist.has(key), key).toBe(true)
    expect(mentionsOf('artist').length).toBeGreaterThan(mentionsOf('cddu').length)
  })

  it('are all missing when nothing is known, but the nature of the contract, which the clauses say', () => {
    const given = facts('cddu')
    const nothing: ContractFacts = {
      ...given, employment: null, days: [], pay: [], allowances: [],
      house: { ...given.house, name: null, address: ' ', siren: null, siret: null, ape: null, signatory_name: null, signatory_capacity: null, licences: [] },
      other: { ...given.other, name: null, address: null }, signature: { ...given.signature, originals: null },
    }
    const known = new Set(['nature', 'performances', 'overtime', 'allowances', 'licence'])
    expect(Object.keys(missing(nothing))).toEqual(mentionsOf('cddu').map(({ key }) => key).filter((key) => !known.has(key)))
    expect(missing(nothing)['employer']).toEqual(['employer.name', 'employer.siret', 'employer.ape', 'employer.address', 'employer.signatory', 'employer.capacity'])
  })

  it('name the fields that are not known, and only those', () => {
    expect(missing(facts('cddu'))).toEqual({})
    expect(missing(work('cddu', { dpae_reference: null }))).toEqual({ declaration: ['work.dpae'] })
    expect(missing(work('cddu', { temporary_reason: '  ' }))).toEqual({ object: ['work.temporary_reason'] })
    expect(missing(work('cddu', { object_number: null }))).toEqual({ object_number: ['work.object_number'] })
    expect(missing(work('cddu', { object_number: null, object_number_due: false }))).toEqual({})
    expect(missing(work('cddu', { is_executive: null, risky_post: null }))).toEqual({ function: ['work.status'], risk: ['work.risk'] })
    expect(missing(work('cddu', { trial_days: null }))).toEqual({ trial: ['work.trial'] })
    expect(missing(work('cddu', { day_minutes: null }))).toEqual({})
    expect(missing(work('cddu', { day_minutes: null, week_minutes: null }))).toEqual({ hours: ['work.day_hours'] })
    expect(missing(work('cddu', { overtime: null }))).toEqual({ overtime: ['work.overtime'] })
    expect(missing(work('artist', { overtime: null, performances: null }))).toEqual({ performances: ['work.performances'] })
    expect(missing({ ...facts('cddu'), house: { ...facts('cddu').house, licences: [] } })).toEqual({ licence: ['employer.licences'] })
    expect(missing(work('cddu', { is_live: false }))).toEqual({})
    expect(missing({ ...facts('cddu'), pay: [{ assignment_id: 'a1', basis: 'daily', rate_minor: 1, currency: 'CHF', cachets: 0 }] })).toEqual({ pay: ['contract.pay', 'contract.gross_total'] })
  })
})

describe('the templates that ship', () => {
  it('say every mandatory mention of their kind, in both languages, with nothing left to complete', () => {
    for (const template of builtInTemplates) {
      const given = template.language === 'en' ? inEnglish(facts(template.kind)) : facts(template.kind)
      const text = written(template, given)
      expect(unreadMentions(text, given).map(({ key }) => key), template.id).toEqual([])
      expect(text).not.toContain(missingMark[template.language])
      expect(text).not.toMatch(/\{\{|\}\}|undefined|null|\[object/)
      expect(isReadyToSign(text, given), template.id).toBe(true)
    }
    expect(builtInTemplates.map(({ id }) => id)).toEqual(['cddu-fr-1', 'artist-fr-1', 'vendor-fr-1', 'client-fr-1', 'cddu-en-1', 'artist-en-1', 'vendor-en-1', 'client-en-1'])
    expect(builtInById('artist-en-1')).toBe(builtInTemplate('artist', 'en'))
    expect(builtInById('artist-en-9')).toBe(null)
  })

  it('stop saying a mention when its clause is taken out, and no other', () => {
    for (const kind of contractKinds) {
      const template = builtInTemplate(kind, 'fr')
      const given = facts(kind)
      for (const { id } of template.clauses) {
        const text = written({ ...template, clauses: template.clauses.filter((one) => one.id !== id) }, given)
        const unread = unreadMentions(text, given)
        // A name or a date may well stand in another clause too; what is not read must have stood here.
        for (const mention of unread) expect(mention.where, `${kind} without ${id}: ${mention.key}`).toBe(id)
        const own = mentionsOf(kind).filter(({ where, missing: lacks, read }) => where === id && lacks(given).length === 0 && !read('', given))
        if (own.length > 0) expect(unread.length, `${kind} without ${id}`).toBeGreaterThan(0)
      }
    }
  })

  it('are not said by a contract of another day, rate, person, show or number', () => {
    const template = builtInTemplate('cddu', 'fr')
    const text = written(template, facts('cddu'))
    const unread = (given: ContractFacts): string[] => unreadMentions(text, given).map(({ key }) => key)
    const given = facts('cddu')
    expect(unread({ ...given, days: given.days.map((day, index) => (index === 1 ? stretch('2027-06-19', '15:00', '23:30', { break_minutes: 60 }) : day)) })).toEqual(['schedule'])
    expect(unread({ ...given, pay: given.pay.map((pay) => ({ ...pay, rate_minor: 21_051 })) })).toEqual(['pay'])
    expect(unread({ ...given, other: { ...given.other, name: 'Maya d’Orsay' } })).toEqual(['employee', 'signatures'])
    expect(unread({ ...given, house: { ...given.house, siret: '73282932000082' } })).toEqual(['employer'])
    expect(unread(work('cddu', { production_title: 'Les Lanternes, reprise 2028' }))).toEqual(['object'])
    expect(unread(work('cddu', { dpae_reference: 'DPAE-20270615-0043' }))).toEqual(['declaration'])
    expect(unread(work('cddu', { risky_post: true }))).toEqual(['risk'])
    expect(unread(work('cddu', { trial_days: 2 }))).toEqual(['trial'])
    expect(unread({ ...given, signature: { ...given.signature, originals: 3 } })).toEqual(['signatures'])
  })

  it('are not ready to sign while something is to be completed, be it in a clause that the law does not ask for', () => {
    const given = { ...facts('artist'), artist: { ...facts('artist').artist, exclusivity: null } } as ContractFacts
    const text = written(builtInTemplate('artist', 'fr'), given)
    expect(text).toContain('À COMPLÉTER')
    expect(isReadyToSign(text, given)).toBe(false)
    const complete = facts('vendor')
    expect(isReadyToSign(`${written(builtInTemplate('vendor', 'fr'), complete)}\nMatériel : À\u00a0COMPLÉTER`, complete)).toBe(false)
  })

  it('say an amendment as one, with the contract it changes', () => {
    const given = facts('cddu', { amendment: 2, amends_reference: 'CDDU-2027-KX70' })
    const text = written(builtInTemplate('cddu', 'fr'), given)
    expect(text.split('\n')[0]).toBe('Avenant n°\u00a02 au contrat de travail à durée déterminée d’usage')
    expect(text).toContain('les clauses du contrat CDDU-2027-KX70 par celles qui suivent')
    expect(unreadMentions(text, given)).toEqual([])
    expect(written(builtInTemplate('cddu', 'fr'), facts('cddu'))).not.toContain('avenant remplace')
  })

  it('tell in English that only the French text counts against the employee', () => {
    for (const kind of ['cddu', 'artist'] as const) expect(written(builtInTemplate(kind, 'en'), inEnglish(facts(kind)))).toContain('only the French text may be held against the Employee')
  })
})

describe('words looked for in a text', () => {
  it('are found across line breaks, spaces of every kind, hyphens and apostrophes, and in no other words', () => {
    expect(saysWords('durée de\n  35\u202fh', 'de 35\u00a0h')).toBe(true)
    expect(saysWords('l\'Employeur – Maya', 'l’employeur - maya')).toBe(true)
    expect(saysWords('total : 1\u00a0234,50\u00a0€', '1 234,50 €')).toBe(true)
    expect(saysWords('total : 1 234,51 €', '1 234,50 €')).toBe(false)
    expect(saysWords('anything', ' ')).toBe(false)
  })

  it('of a schedule are read day by day, with both clocks on a night that changes', () => {
    const given = facts('cddu', { days: [stretch('2027-10-30', '22:00', '06:00')] })
    const text = written(builtInTemplate('cddu', 'fr'), given)
    expect(text.replaceAll('\u00a0', ' ')).toContain('samedi 30 octobre 2027, de 22 h (UTC+2) à 6 h (UTC+1) le lendemain, soit 9 h')
    expect(unreadMentions(text, given)).toEqual([])
    expect(unreadMentions(text, { ...given, days: [{ ...stretch('2027-10-30', '22:00', '06:00'), date: date('2027-10-30'), zone: 'Europe/London' }] }).map(({ key }) => key)).toEqual(['schedule'])
  })
})
