import { describe, expect, it } from 'vitest'
import { freeId, inOrder, moved, shippedNumber, withVariable, type OwnTemplate } from '../../../renderer/pages/settings/contract-templates.ts'

const clause = (id: string) => ({ id, title: id, text: '' })
const template = (name: string, more: Partial<OwnTemplate>): OwnTemplate => ({ id: name, version: 1, name, kind: 'cddu', language: 'fr', number: 1, clauses: [clause('a')], state: 'active', used_at: null, ...more })

describe('clauses of a template', () => {
  it('move by one place, and nowhere beyond the ends', () => {
    const list = ['a', 'b', 'c'].map(clause)
    const ids = (index: number, step: number): string => moved(list, index, step).map(({ id }) => id).join('')
    expect([ids(0, 1), ids(2, -1), ids(0, -1), ids(2, 1), ids(9, 1)]).toEqual(['bac', 'acb', 'abc', 'abc', 'abc'])
    expect(list.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('have an id that no other has, also after one was taken away', () => {
    expect(freeId([])).toBe('clause_1')
    expect(freeId(['clause_1', 'parties', 'clause_3'].map(clause))).toBe('clause_2')
  })

  it('take a variable where the caret stood, else at their end', () => {
    expect(withVariable('Pour .', 5, 'employee.name')).toBe('Pour {{employee.name}}.')
    expect(withVariable('Pour ', null, 'employee.name')).toBe('Pour {{employee.name}}')
    expect(withVariable('Pour ', 99, 'employee.name')).toBe('Pour {{employee.name}}')
  })
})

describe('templates', () => {
  it('stand by kind, French first, the newest version of a name first, those put away last', () => {
    const list = [template('z', { state: 'archived' }), template('b', { kind: 'client' }), template('a2', { name: 'a', number: 2 }), template('a10', { name: 'a', number: 10 }), template('e', { language: 'en' })]
    expect(inOrder(list).map(({ name, number, language }) => `${name}${number}${language}`)).toEqual(['a10fr', 'a2fr', 'e1en', 'b1fr', 'z1fr'])
  })

  it('that ship have the number at the end of their id', () => {
    expect([shippedNumber('cddu-fr-1'), shippedNumber('artist-en-12'), shippedNumber('other')]).toEqual([1, 12, 1])
  })
})
