import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allOn, decisionOf, remaining, resultOf, unitsOf, type Choices } from '../../../renderer/pages/sync/choices.ts'
import type { KeptField } from '../../../renderer/pages/sync/kept.ts'
import { changedParts } from '../../../renderer/pages/sync/changed-words.ts'
import { editable, withValue } from '../../../renderer/pages/sync/edited-input.ts'
import { byRecord, type Queued } from '../../../renderer/pages/sync/queue.ts'

const field = (name: string, unit: string, more: Partial<KeptField> = {}): KeptField => ({
  entity: 'mission', id: 'm1', field: name, title: null, base: 1, mine: 2, theirs: 3, readable: true, text: false, combined: null, preselected: null, disputed: true, by: null, at: null, unit, typed: 'number', own: true, ...more,
})
const fields = [
  field('start_at', 'window', { base: 8, mine: 8, theirs: 8 }), field('end_at', 'window'), field('priority', 'priority', { theirs: 1, preselected: 'mine', disputed: false }),
  field('lead', 'lead', { own: false, disputed: false, preselected: 'theirs' }),
]
const offered = ['mine', 'theirs', 'fields'] as const

describe('choices about a kept command', () => {
  const { units, merged } = unitsOf({ fields_of: fields })
  it('are one for a window, those in dispute first; what others changed beside it is none', () => {
    expect(units.map(({ key, shown }) => [key, shown.map((one) => one.field)])).toEqual([['window', ['end_at']], ['priority', ['priority']]])
    expect(merged.map((one) => one.field)).toEqual(['lead'])
    expect(remaining(units, {})).toBe(1)
    expect(decisionOf(units, {}, offered)).toBeNull()
  })
  it('are said for every field of the unit, with what was typed', () => {
    const choices: Choices = { window: { side: 'typed', values: { end_at: 5 } } }
    expect(decisionOf(units, choices, offered)).toEqual({ choice: 'fields', fields: [
      { entity: 'mission', id: 'm1', field: 'start_at', side: 'mine' }, { entity: 'mission', id: 'm1', field: 'end_at', side: 'typed', value: 5 }, { entity: 'mission', id: 'm1', field: 'priority', side: 'mine' },
    ] })
    expect(units[0] && resultOf(units[0], field('end_at', 'window'), choices)).toBe(5)
  })
  it('are no write when all is taken of the other, and whole where the command cannot be taken apart', () => {
    expect(decisionOf(units, allOn(units, 'theirs'), offered)).toEqual({ choice: 'theirs' })
    expect(decisionOf(units, allOn(units, 'mine'), ['mine', 'theirs'])).toEqual({ choice: 'mine' })
    expect(decisionOf(units, { window: { side: 'theirs' } }, ['mine', 'theirs'])).toBeNull()
  })
})

describe('the input of a refused command', () => {
  it('is edited value by value, and nothing else of it changes', () => {
    const input = { id: '0b6d1f3e-0000-4000-8000-000000000000', version: 3, changes: { title: 'Filage', priority: 1, lead_collaborator_id: 'x' }, people: [{ notes: 'a' }, { notes: 'b' }] }
    expect(editable(input).map(({ path }) => path.join('.'))).toEqual(['changes.title', 'changes.priority', 'people.0.notes', 'people.1.notes'])
    expect(withValue(input, ['people', 1, 'notes'], 'c')).toEqual({ ...input, people: [{ notes: 'a' }, { notes: 'c' }] })
    fc.assert(fc.property(fc.constantFrom(...editable(input)), fc.string(), ({ path }, value) => {
      const changed = editable(withValue(input, path, value))
      for (const one of changed) expect(one.value).toBe(one.path.join() === path.join() ? value : editable(input).find((known) => known.path.join() === one.path.join())?.value)
    }))
  })
})

describe('the queue', () => {
  const line = (id: string, about: string | null, issuer: string): Queued => ({
    id, name: 'mission.update', issued_at: '2026-10-24T08:00:00.000Z', issuer, issuer_name: issuer, about: about === null ? null : { entity: 'mission', id: about, title: about, project_id: null }, rows: 1, ids: [], group_id: null, state: 'ready', why: null, mine: issuer === 'lea',
  })
  it('is by record in the order of entry, and counts by author what one may not see', () => {
    expect(byRecord([line('1', 'A', 'lea'), line('2', 'B', 'nino'), line('3', null, 'nino'), line('4', 'A', 'nino'), line('5', null, 'nino')]).map(({ key, lines }) => [key, lines.map(({ id }) => id)]))
      .toEqual([['mission/A', ['1', '4']], ['mission/B', ['2']], ['issuer/nino', ['3', '5']]])
  })
})

describe('the words of a text that differ from another', () => {
  const bold = (from: string, to: string): string => changedParts(from, to).map(({ text, changed }) => (changed ? `<${text}>` : text)).join('')
  it('are those that were put in or changed, and every other word stands as it was', () => {
    expect(bold('Canal 1', 'Canal 1, talkie 4')).toBe('Canal 1<, talkie 4>')
    expect(bold('Accueil porte E à 16 h', 'Accueil porte B à 16 h')).toBe('Accueil porte <B >à 16 h')
    expect(bold('un deux trois', 'un trois')).toBe('un trois')
  })
  it('are none where the whole is another text, or too long to compare', () => {
    expect(bold('Première soirée', 'First evening')).toBe('First evening')
    expect(bold('mot '.repeat(600), `${'mot '.repeat(600)}fin`)).not.toContain('<')
  })
  it('lose nothing of the text', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (from, to) => changedParts(from, to).map(({ text }) => text).join('') === to))
  })
})
