import { describe, expect, it } from 'vitest'
import type { ExistingPerson } from '../../../shared/documents/import/preview-types.ts'
import { rejectedRowsCsv } from '../../../shared/documents/import/rejected-rows.ts'
import { suggestionOf, preview, issues, records } from './preview-fixtures.ts'

describe('people', () => {
  it('one person per e-mail, else telephone, else name', () => {
    const result = preview(
      'people',
      [
        'Nom complet;Mail;Tél',
        'Ada Roux;ada@example.org;06 39 98 00 01',
        'ROUX Ada;ADA@example.org;',
        'Ada R.;;06.39.98.00.01',
        'Bo Lund;;',
        'bo lünd;;',
        'Bo Lund;bo@example.org;',
        'Ada Roux;autre@example.org;',
        ';;',
        ';cy@example.org;',
      ].join('\n'),
    )
    expect(result.proposals.people.map((item) => [item.key, item.rows])).toEqual([
      ['mail:ada@example.org', [0, 1, 2]],
      ['name:bo lund', [3, 4, 5]],
      ['mail:autre@example.org', [6]],
      ['mail:cy@example.org', [7]],
    ])
    expect(result.proposals.people[1]?.draft).toMatchObject({
      full_name: 'Bo Lund',
      first_name: 'Bo',
      last_name: 'Lund',
      email: 'bo@example.org',
    })
    expect(result.proposals.people[0]?.draft).toMatchObject({ phone: '06 39 98 00 01', phone_e164: '+33639980001' })
    expect(result.groups.map((group) => [group.message_code, group.field, group.count])).toEqual([
      ['import.duplicate_row', 'email', 2],
      ['import.duplicate_row', 'full_name', 2],
    ])
  })

  it('existing people are matched, with old and new, and never blanked', () => {
    const ada: ExistingPerson = {
      id: 'p1',
      external: [],
      kind: 'person',
      full_name: 'Ada Roux',
      first_name: 'Ada',
      last_name: 'Roux',
      email: 'Ada@example.org',
      phone: '+33 6 39 98 00 01',
      crew_role: 'Régisseuse',
      department: null,
      skills: ['CACES'],
      tags: [],
      languages: [],
      notes: 'habite loin',
    }
    const bo: ExistingPerson = {
      ...ada,
      id: 'p2',
      full_name: 'Bo Lund',
      first_name: 'Bo',
      last_name: 'Lund',
      email: null,
      phone: null,
      skills: [],
      notes: null,
      crew_role: null,
    }
    const result = preview(
      'people',
      'Prénom;Nom;Mail;Tél;Fonction;Compétences;Notes\nAda;Roux;ada@example.org;06 39 98 00 01;Régisseuse générale;caces, SSIAP;\nBo;Lund;;;;;\nCy;Diaz;cy@example.org;;;;\n',
      {
        existing: records({ people: [ada, bo] }),
      },
    )
    expect(result.proposals.people.map((item) => [item.decision, item.match])).toEqual([
      ['update', { id: 'p1', by: 'email' }],
      ['skip', { id: 'p2', by: 'name' }],
      ['create', null],
    ])
    expect(result.proposals.people[0]?.changes).toEqual([
      { field: 'crew_role', old: 'Régisseuse', new: 'Régisseuse générale' },
      { field: 'skills', old: ['CACES'], new: ['CACES', 'SSIAP'] },
    ])
    expect(result.counts.people).toEqual({ create: 1, update: 1, skip: 1 })
  })

  it('two people of one name in the file are never both the one of the directory, and one id is one person', () => {
    const ada: ExistingPerson = {
      id: 'p1',
      external: [],
      kind: 'person',
      full_name: 'Ada Roux',
      first_name: 'Ada',
      last_name: 'Roux',
      email: null,
      phone: null,
      crew_role: null,
      department: null,
      skills: [],
      tags: [],
      languages: [],
      notes: null,
    }
    const result = preview(
      'people',
      'Nom;Mail;ID\nAda Roux;ada@example.org;A7\nAda Roux;autre@example.org;A8\nBo Lund;bo@example.org;A8\n',
      { existing: records({ people: [ada] }) },
    )
    expect(result.proposals.people.map((item) => [item.key, item.decision])).toEqual([
      ['id:A7', 'update'],
      ['id:A8', 'create'],
    ])
    expect(issues(result)).toEqual(['4 error duplicate_external_id'])
  })

  it('a column that numbers the rows is no identifier', () => {
    expect(suggestionOf('people', 'N°;Nom\n1;Ada Roux\n2;Bo Lund\n').mapping).toEqual([null, 'full_name'])
    expect(suggestionOf('people', 'N°;Nom\nA7;Ada Roux\n').mapping).toEqual(['external_id', 'full_name'])
  })

  it('errors are grouped by cause, corrected for all or one by one, or left out', () => {
    const text = 'Nom;Mail\nAda Roux;ada(at)example.org\nBo Lund;inconnu\nCy Diaz;inconnu\nDi Egg;di@example.org\n'
    const result = preview('people', text)
    expect(result.groups).toEqual([
      {
        message_code: 'import.email_invalid',
        field: 'email',
        severity: 'error',
        count: 3,
        rows: [0, 1, 2],
        founds: [
          { found: 'inconnu', count: 2 },
          { found: 'ada(at)example.org', count: 1 },
        ],
      },
    ])
    expect(result.counts).toMatchObject({ accepted: 1, rejected: 3, people: { create: 1 } })
    const fixed = preview('people', text, {
      replacements: [{ column: 1, found: 'inconnu', value: '' }],
      edits: [{ row: 0, column: 1, value: 'ada@example.org' }],
    })
    expect(fixed.counts).toMatchObject({ accepted: 4, rejected: 0, people: { create: 4 } })
    expect(preview('people', text, { skipped_rows: [0, 1, 2] }).counts).toMatchObject({ rows: 1, rejected: 0 })
  })

  it('the rejected rows come back with their line and reason, and re-import once corrected', () => {
    const text = 'Nom;Mail;Chaussures\nAda Roux;nul;=cmd()\nBo Lund;bo@example.org;42\n'
    const csv = rejectedRowsCsv(preview('people', text), 'fr')
    expect(csv).toBe(
      "\ufeffNom;Mail;Chaussures;Ligne;Motif du refus\r\nAda Roux;nul;'=cmd();2;« nul » n’est pas une adresse e-mail. Écrivez-la comme prenom.nom@example.org ou videz la cellule.\r\n",
    )
    expect(preview('people', csv.replace(';nul;', ';ada@example.org;')).counts).toMatchObject({ rejected: 0, people: { create: 1 } })
    expect(rejectedRowsCsv(preview('people', text), 'en')).toContain('Nom,Mail,Chaussures,Line,Reason')
  })
})
