import { describe, expect, it } from 'vitest'
import { headerSignature, recallMapping, rememberMapping } from '../../../shared/documents/import/columns.ts'
import { rejectedRowsCsv } from '../../../shared/documents/import/rejected-rows.ts'
import { NIR, IBAN, suggestionOf, preview, issues } from './preview-fixtures.ts'

describe('columns are suggested from their names and values', () => {
  it('a French crew list', () => {
    const suggested = suggestionOf(
      'people',
      'Prénom;Nom;Tél. portable;Courriel;Fonction;Pôle;Compétences;Âge\nAda;Roux;06 39 98 00 01;ada@example.org;Régisseuse;Plateau;CACES, SSIAP;41\n',
    )
    expect(suggested.columns.map((column) => [column.field, column.confidence])).toEqual([
      ['first_name', 'sure'],
      ['last_name', 'sure'],
      ['phone', 'sure'],
      ['email', 'sure'],
      ['crew_role', 'sure'],
      ['department', 'sure'],
      ['skills', 'sure'],
      [null, 'ignored'],
    ])
    expect(suggested.columns[7]?.samples).toEqual(['41'])
  })
  it('an English planning', () => {
    const suggested = suggestionOf(
      'missions',
      'Title,Day code,Date,Start time,End time,Venue,Type\nLoad in,J1,24/10/2026,8am,6pm,Hall A,Load-in\n',
    )
    expect(suggested.columns.map((column) => column.field)).toEqual(['title', 'day_code', 'date', 'start', 'end', 'location', 'kind'])
    expect(suggested.columns[2]?.transform).toMatchObject({
      kind: 'date_order',
      guess: { order: 'dmy', samples: [{ found: '24/10/2026', read_as: '2026-10-24' }] },
    })
  })
  it('"Nom" alone is the whole name', () =>
    expect(suggestionOf('people', 'Nom;Mail\nAda Roux;ada@example.org\n').mapping).toEqual(['full_name', 'email']))
  it('values speak where the header does not, or contradicts', () => {
    const suggested = suggestionOf('people', 'Nom;Joindre;Courriel\nAda Roux;ada@example.org;06 39 98 00 01\n')
    expect(suggested.columns.map((column) => [column.field, column.confidence])).toEqual([
      ['full_name', 'sure'],
      ['email', 'check'],
      ['email', 'check'],
    ])
    expect(suggested.choices).toEqual([{ field: 'email', columns: [1, 2] }])
  })
  it('two columns on one field must be chosen between before anything is ready', () => {
    const text = 'Nom;Mail;E-mail\nAda Roux;ada@example.org;roux@example.org\n'
    const result = preview('people', text)
    expect(result).toMatchObject({ ready: false, choices: [{ field: 'email', columns: [1, 2] }] })
    expect(preview('people', text, { mapping: ['full_name', null, 'email'] }).ready).toBe(true)
  })
  it('a mapping is remembered by its headers, whatever their order, case and accents', () => {
    expect(headerSignature('people', ['Prénom', 'NOM', 'Mail'])).toBe(headerSignature('people', ['mail', 'prenom', 'Nom']))
    expect(headerSignature('people', ['Nom'])).not.toBe(headerSignature('missions', ['Nom']))
    const remembered = rememberMapping(['Prénom', 'Nom', 'Note', 'Note'], ['first_name', 'last_name', null, 'notes'])
    expect(recallMapping(['Note', 'nom', 'note', 'PRENOM', 'Neuf'], remembered)).toEqual([null, 'last_name', 'notes', 'first_name', null])
  })
})

describe('social-security numbers and bank accounts never come in', () => {
  const text = `Nom;N° sécu;Divers;RIB;Note\nAda Roux;${NIR};${IBAN};x;sécu ${NIR}\nBo Lund;;;;rien\n`
  it('neither by header, nor by value, nor inside a note, nor in the rejected rows', () => {
    const suggested = suggestionOf('people', text)
    expect(suggested.refused.map((column) => [column.column, column.kind, column.by])).toEqual([
      [1, 'nir', 'header'],
      [2, 'iban', 'values'],
      [3, 'iban', 'header'],
    ])
    expect(
      suggested.columns.filter((column) => column.refused).every((column) => column.samples.length === 0 && column.field === null),
    ).toBe(true)
    const result = preview('people', text, { mapping: ['full_name', 'phone', 'tags', 'email', 'notes'] })
    const everything = JSON.stringify(result) + rejectedRowsCsv(result, 'fr') + JSON.stringify(suggested)
    for (const secret of [NIR, NIR.replaceAll(' ', ''), IBAN, IBAN.replaceAll(' ', '')]) expect(everything).not.toContain(secret)
    expect(result.mapping).toEqual(['full_name', null, null, null, 'notes'])
    expect(issues(result)).toEqual(['2 warning sealed_value_removed'])
    expect(result.proposals.people[0]?.draft.notes).toBe('sécu •••')
  })
})
