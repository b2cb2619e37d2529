import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contractKinds, type ContractKind } from '../../../shared/domain/contracts/rules.ts'
import { parseTemplate, textOfContract, writeContract, type ContractTemplate } from '../../../shared/domain/contracts/template.ts'
import { conditions, holds, valueOf, variables } from '../../../shared/domain/contracts/variables.ts'
import type { ContractFacts } from '../../../shared/domain/contracts/facts.ts'
import { facts } from './contract-world.ts'

const template = (text: string, kind: ContractKind = 'cddu'): ContractTemplate => ({ kind, language: 'fr', title: 'Contrat', clauses: [{ id: 'object', title: 'Objet', text }] })
const problems = (text: string, kind: ContractKind = 'cddu') => {
  const parsed = parseTemplate(template(text, kind))
  return parsed.ok ? [] : parsed.error.map(({ issue, clause, name }) => [issue.replace('template.', ''), clause, name])
}
function write(text: string, given: ContractFacts = facts('cddu')) {
  const parsed = parseTemplate(template(text, given.kind))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return writeContract(parsed.value, given)
}
const paragraphs = (text: string, given?: ContractFacts): string[] => write(text, given).clauses.flatMap((clause) => clause.paragraphs)

describe('a template', () => {
  it('is refused for what it names wrongly, with the clause and the name, all at once', () => {
    expect(problems('Bonjour {{employee.nam}} et {{employer.name}}, {{work.functoin}}')).toEqual([['variable_unknown', 'object', 'employee.nam'], ['variable_unknown', 'object', 'work.functoin']])
    expect(problems('{{artist.royalties}}')).toEqual([['variable_of_other_kind', 'object', 'artist.royalties']])
    expect(problems('{{artist.royalties}}', 'artist')).toEqual([])
    expect(problems('{{is.live}}')).toEqual([['condition_printed', 'object', 'is.live']])
    expect(problems('{{#if is.live}}a')).toEqual([['tag_open', 'object', 'is.live']])
    expect(problems('a{{/if}}')).toEqual([['tag_not_open', 'object', '/if']])
    expect(problems('{{#if is.live}}{{#unless is.trial}}a{{/if}}{{/unless}}')).toEqual([['tag_not_open', 'object', '/if'], ['tag_open', 'object', 'is.live']])
    expect(problems('{{#each days}}{{/each}}')).toEqual([['tag_unknown', 'object', '#each days'], ['tag_unknown', 'object', '/each']])
    expect(problems('{{employee.name')).toEqual([['tag_unknown', 'object', '{{']])
    expect(problems('{{}} }}')).toEqual([['tag_unknown', 'object', ''], ['tag_unknown', 'object', '}}']])
    expect(parseTemplate({ ...template('a'), title: '{{no.such}}', clauses: [{ id: 'x', title: 'a', text: 'a' }, { id: 'x', title: '{{work.nothing}}', text: 'b' }] })).toEqual({
      ok: false, error: [
        { issue: 'template.variable_unknown', clause: null, name: 'no.such' }, { issue: 'template.clause_twice', clause: 'x', name: null }, { issue: 'template.variable_unknown', clause: 'x', name: 'work.nothing' },
      ],
    })
    expect(parseTemplate({ ...template('a'), clauses: [] })).toEqual({ ok: false, error: [{ issue: 'template.no_clause', clause: null, name: null }] })
  })

  it('puts values where they are named, and passages where their condition holds', () => {
    expect(paragraphs('{{ employee.name }}, {{work.function}}')).toEqual(['Maya d’Orsan, régisseuse lumière'])
    expect(paragraphs('{{#if is.live}}vivant{{/if}}{{#unless is.live}}enregistré{{/unless}}')).toEqual(['vivant'])
    expect(paragraphs('{{#if kind.cddu}}a{{#if is.trial}}b{{/if}}{{#unless is.trial}}c{{#if work.function}}d{{/if}}{{/unless}}{{/if}}{{#if kind.artist}}e{{/if}}')).toEqual(['acd'])
    expect(paragraphs('{{#if employee.alias}}dit {{employee.alias}}{{/if}}')).toEqual([])
    expect(paragraphs('{{contract.schedule}}')).toHaveLength(3)
  })

  it('marks what is not known in the language of the template, and lists it once for each clause', () => {
    const given = facts('cddu')
    const unknown = { ...given, other: { ...given.other, name: null, address: null } }
    const written = write('{{employee.name}}, {{employee.address}}, {{employee.name}}', unknown)
    expect(written.clauses[0]?.paragraphs).toEqual(['À COMPLÉTER, À COMPLÉTER, À COMPLÉTER'])
    expect(written.missing).toEqual([{ clause: 'object', name: 'employee.name' }, { clause: 'object', name: 'employee.address' }])
    const english = parseTemplate({ ...template('{{employee.name}}'), language: 'en' })
    if (english.ok) expect(textOfContract(writeContract(english.value, unknown))).toBe('Contrat\n1. Objet\nTO BE COMPLETED')
    expect(english.ok).toBe(true)
  })

  it('leaves out a clause without words, and numbers those that stay', () => {
    const parsed = parseTemplate({ ...template(''), clauses: [{ id: 'a', title: 'A', text: '{{#if kind.artist}}x{{/if}}' }, { id: 'b', title: 'B', text: ' \n ' }, { id: 'c', title: 'C', text: 'y' }] })
    if (!parsed.ok) throw new Error('refused')
    expect(writeContract(parsed.value, facts('cddu')).clauses).toEqual([{ id: 'c', number: 1, title: 'C', paragraphs: ['y'] }])
  })

  it('never takes a value for a template, whatever people are called', () => {
    const given = facts('cddu')
    for (const name of ['{{employer.siret}}', '{{#if is.live}}', '$1 $& ${x}', '}}', '{{/if}}']) expect(paragraphs('{{employee.name}}!', { ...given, other: { ...given.other, name } })).toEqual([`${name}!`])
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        fc.pre(name.trim() !== '')
        const [said] = paragraphs('<{{employee.name}}>', { ...given, other: { ...given.other, name: name.replace(/\s+/gu, ' ') } })
        expect(said).toBe(`<${name.replace(/\s+/gu, ' ').trim()}>`)
      }),
    )
  })

  it('never throws for any text, and what parses is written without braces', () => {
    const bits = fc.constantFrom('{{', '}}', '{{employee.name}}', '{{#if is.live}}', '{{/if}}', '{{#unless is.trial}}', '{{/unless}}', '{{x}}', 'mots ', '\n', '{', '}')
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), (parts) => {
        const parsed = parseTemplate(template(parts.join('')))
        if (parsed.ok) expect(textOfContract(writeContract(parsed.value, facts('cddu')))).not.toMatch(/\{\{|\}\}/)
      }),
    )
  })

  it('of another kind than the contract is a mistake of the program', () => {
    const parsed = parseTemplate(template('a'))
    if (parsed.ok) expect(() => writeContract(parsed.value, facts('artist'))).toThrow('cddu')
    expect(parsed.ok).toBe(true)
  })
})

describe('the variables', () => {
  it('of a whole contract are all known, but those that say so, and have no name of a condition', () => {
    const unknown: Record<ContractKind, string[]> = {
      cddu: ['contract.amends', 'contract.amendment', 'contract.price', 'contract.governing_law', 'contract.termination', 'contract.renewal', 'contract.attachments', 'contract.signed_on', 'employee.alias', 'work.part', 'work.trial', 'work.performances', 'work.rehearsals'],
      artist: ['contract.amends', 'contract.amendment', 'contract.price', 'contract.governing_law', 'contract.termination', 'contract.renewal', 'contract.attachments', 'contract.signed_on', 'work.trial'],
      vendor: ['contract.amends', 'contract.amendment', 'contract.schedule', 'contract.places', 'contract.days', 'contract.hours', 'contract.pay', 'contract.gross_total', 'contract.price', 'contract.allowances', 'contract.renewal', 'contract.attachments', 'contract.signed_on', 'vendor.vat_number'],
      client: ['contract.amends', 'contract.amendment', 'contract.schedule', 'contract.places', 'contract.days', 'contract.hours', 'contract.pay', 'contract.gross_total', 'contract.allowances', 'contract.renewal', 'contract.attachments', 'contract.signed_on', 'client.vat_number'],
    }
    for (const kind of contractKinds) {
      const given = facts(kind)
      const own = [...variables].filter(([, { kinds }]) => kinds.includes(kind)).map(([name]) => name)
      expect(own.filter((name) => valueOf(name, given) === null), kind).toEqual(unknown[kind])
      for (const name of variables.keys()) if (!own.includes(name)) expect([valueOf(name, given), holds(name, given)]).toEqual([null, false])
    }
    for (const name of conditions.keys()) expect(variables.has(name)).toBe(false)
  })

  it('never hold a whole social-security number: the facts have a mask', () => {
    expect(valueOf('employee.nir', facts('cddu'))).toBe('1 85 •• •• ••• ••• ••')
  })
})
