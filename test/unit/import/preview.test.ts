import Papa from 'papaparse'
import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerSignature, recallMapping, rememberMapping, suggestMapping } from '../../../shared/documents/import/columns.ts'
import type { ImportKind } from '../../../shared/documents/import/fields.ts'
import { IMPORT_MESSAGES } from '../../../shared/documents/import/messages.ts'
import type { PreviewInput } from '../../../shared/documents/import/preview.ts'
import { headerOf, previewImport, rowsUnderHeader } from '../../../shared/documents/import/preview.ts'
import type { ExistingMission, ExistingPerson, ExistingRecords, ImportPreview } from '../../../shared/documents/import/preview-types.ts'
import { readTable } from '../../../shared/documents/import/read-table.ts'
import type { SheetTable } from '../../../shared/documents/import/read-table.ts'
import { rejectedRowsCsv } from '../../../shared/documents/import/rejected-rows.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { utf8 } from './table-fixtures.ts'

const NIR = '2 55 08 14 168 025 38'
const IBAN = 'FR14 2004 1010 0505 0001 3M02 606'
const at = (text: string): ReturnType<typeof fromMs> => fromMs(Date.parse(text))

function sheetOf(text: string): SheetTable {
  const table = readTable(utf8(text), 'import.csv')
  const sheet = table.ok ? table.value.sheets[0] : undefined
  if (!sheet) throw new Error('unreadable')
  return sheet
}
function suggestionOf(kind: ImportKind, text: string): ReturnType<typeof suggestMapping> {
  const sheet = sheetOf(text)
  return suggestMapping(kind, headerOf(sheet, 'fr'), rowsUnderHeader(sheet).rows)
}
function preview(kind: ImportKind, text: string, more: Partial<PreviewInput> = {}): ImportPreview {
  return previewImport({
    kind, sheet: sheetOf(text), mapping: suggestionOf(kind, text).mapping, source: 'import.csv', zone: 'Europe/Paris', language: 'fr', currency: 'EUR', country: 'FR', year: 2026, ...more,
  })
}
const issues = (result: ImportPreview): string[] => result.rows.flatMap((row) => row.issues.map((issue) => `${row.source_line} ${issue.severity} ${issue.issue}`))
const records = (more: Partial<ExistingRecords>): ExistingRecords => ({ locations: [], people: [], missions: [], assignments: [], ...more })

describe('columns are suggested from their names and values', () => {
  it('a French crew list', () => {
    const suggested = suggestionOf('people', 'Prénom;Nom;Tél. portable;Courriel;Fonction;Pôle;Compétences;Âge\nAda;Roux;06 39 98 00 01;ada@example.org;Régisseuse;Plateau;CACES, SSIAP;41\n')
    expect(suggested.columns.map((column) => [column.field, column.confidence])).toEqual([
      ['first_name', 'sure'], ['last_name', 'sure'], ['phone', 'sure'], ['email', 'sure'], ['crew_role', 'sure'], ['department', 'sure'], ['skills', 'sure'], [null, 'ignored'],
    ])
    expect(suggested.columns[7]?.samples).toEqual(['41'])
  })
  it('an English planning', () => {
    const suggested = suggestionOf('missions', 'Title,Day code,Date,Start time,End time,Venue,Type\nLoad in,J1,24/10/2026,8am,6pm,Hall A,Load-in\n')
    expect(suggested.columns.map((column) => column.field)).toEqual(['title', 'day_code', 'date', 'start', 'end', 'location', 'kind'])
    expect(suggested.columns[2]?.transform).toMatchObject({ kind: 'date_order', guess: { order: 'dmy', samples: [{ found: '24/10/2026', read_as: '2026-10-24' }] } })
  })
  it('"Nom" alone is the whole name', () => expect(suggestionOf('people', 'Nom;Mail\nAda Roux;ada@example.org\n').mapping).toEqual(['full_name', 'email']))
  it('values speak where the header does not, or contradicts', () => {
    const suggested = suggestionOf('people', 'Nom;Joindre;Courriel\nAda Roux;ada@example.org;06 39 98 00 01\n')
    expect(suggested.columns.map((column) => [column.field, column.confidence])).toEqual([['full_name', 'sure'], ['email', 'check'], ['email', 'check']])
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
    expect(suggested.refused.map((column) => [column.column, column.kind, column.by])).toEqual([[1, 'nir', 'header'], [2, 'iban', 'values'], [3, 'iban', 'header']])
    expect(suggested.columns.filter((column) => column.refused).every((column) => column.samples.length === 0 && column.field === null)).toBe(true)
    const result = preview('people', text, { mapping: ['full_name', 'phone', 'tags', 'email', 'notes'] })
    const everything = JSON.stringify(result) + rejectedRowsCsv(result, 'fr') + JSON.stringify(suggested)
    for (const secret of [NIR, NIR.replaceAll(' ', ''), IBAN, IBAN.replaceAll(' ', '')]) expect(everything).not.toContain(secret)
    expect(result.mapping).toEqual(['full_name', null, null, null, 'notes'])
    expect(issues(result)).toEqual(['2 warning sealed_value_removed'])
    expect(result.proposals.people[0]?.draft.notes).toBe('sécu •••')
  })
})

describe('people', () => {
  it('one person per e-mail, else telephone, else name', () => {
    const result = preview('people', [
      'Nom complet;Mail;Tél', 'Ada Roux;ada@example.org;06 39 98 00 01', 'ROUX Ada;ADA@example.org;', 'Ada R.;;06.39.98.00.01', 'Bo Lund;;', 'bo lünd;;', 'Bo Lund;bo@example.org;', 'Ada Roux;autre@example.org;', ';;',
      ';cy@example.org;',
    ].join('\n'))
    expect(result.proposals.people.map((item) => [item.key, item.rows])).toEqual([
      ['mail:ada@example.org', [0, 1, 2]], ['name:bo lund', [3, 4, 5]], ['mail:autre@example.org', [6]], ['mail:cy@example.org', [7]],
    ])
    expect(result.proposals.people[1]?.draft).toMatchObject({ full_name: 'Bo Lund', first_name: 'Bo', last_name: 'Lund', email: 'bo@example.org' })
    expect(result.proposals.people[0]?.draft).toMatchObject({ phone: '06 39 98 00 01', phone_e164: '+33639980001' })
    expect(result.groups.map((group) => [group.message_code, group.field, group.count])).toEqual([['import.duplicate_row', 'email', 2], ['import.duplicate_row', 'full_name', 2]])
  })

  it('existing people are matched, with old and new, and never blanked', () => {
    const ada: ExistingPerson = {
      id: 'p1', external: [], kind: 'person', full_name: 'Ada Roux', first_name: 'Ada', last_name: 'Roux', email: 'Ada@example.org', phone: '+33 6 39 98 00 01', crew_role: 'Régisseuse', department: null,
      skills: ['CACES'], tags: [], languages: [], notes: 'habite loin',
    }
    const bo: ExistingPerson = { ...ada, id: 'p2', full_name: 'Bo Lund', first_name: 'Bo', last_name: 'Lund', email: null, phone: null, skills: [], notes: null, crew_role: null }
    const result = preview('people', 'Prénom;Nom;Mail;Tél;Fonction;Compétences;Notes\nAda;Roux;ada@example.org;06 39 98 00 01;Régisseuse générale;caces, SSIAP;\nBo;Lund;;;;;\nCy;Diaz;cy@example.org;;;;\n', {
      existing: records({ people: [ada, bo] }),
    })
    expect(result.proposals.people.map((item) => [item.decision, item.match])).toEqual([
      ['update', { id: 'p1', by: 'email' }], ['skip', { id: 'p2', by: 'name' }], ['create', null],
    ])
    expect(result.proposals.people[0]?.changes).toEqual([
      { field: 'crew_role', old: 'Régisseuse', new: 'Régisseuse générale' }, { field: 'skills', old: ['CACES'], new: ['CACES', 'SSIAP'] },
    ])
    expect(result.counts.people).toEqual({ create: 1, update: 1, skip: 1 })
  })

  it('errors are grouped by cause, corrected for all or one by one, or left out', () => {
    const text = 'Nom;Mail\nAda Roux;ada(at)example.org\nBo Lund;inconnu\nCy Diaz;inconnu\nDi Egg;di@example.org\n'
    const result = preview('people', text)
    expect(result.groups).toEqual([{ message_code: 'import.email_invalid', field: 'email', severity: 'error', count: 3, rows: [0, 1, 2], founds: [{ found: 'inconnu', count: 2 }, { found: 'ada(at)example.org', count: 1 }] }])
    expect(result.counts).toMatchObject({ accepted: 1, rejected: 3, people: { create: 1 } })
    const fixed = preview('people', text, { replacements: [{ column: 1, found: 'inconnu', value: '' }], edits: [{ row: 0, column: 1, value: 'ada@example.org' }] })
    expect(fixed.counts).toMatchObject({ accepted: 4, rejected: 0, people: { create: 4 } })
    expect(preview('people', text, { skipped_rows: [0, 1, 2] }).counts).toMatchObject({ rows: 1, rejected: 0 })
  })

  it('the rejected rows come back with their line and reason, and re-import once corrected', () => {
    const text = 'Nom;Mail;Chaussures\nAda Roux;nul;=cmd()\nBo Lund;bo@example.org;42\n'
    const csv = rejectedRowsCsv(preview('people', text), 'fr')
    expect(csv).toBe("\ufeffNom;Mail;Chaussures;Ligne;Motif du refus\r\nAda Roux;nul;'=cmd();2;« nul » n’est pas une adresse e-mail. Écrivez-la comme prenom.nom@example.org ou videz la cellule.\r\n")
    expect(preview('people', csv.replace(';nul;', ';ada@example.org;')).counts).toMatchObject({ rejected: 0, people: { create: 1 } })
    expect(rejectedRowsCsv(preview('people', text), 'en')).toContain('Nom,Mail,Chaussures,Line,Reason')
  })
})

describe('missions', () => {
  const missionsOf = (text: string, more: Partial<PreviewInput> = {}): string[][] =>
    preview('missions', text, more).proposals.missions.map(({ draft }) => [draft.title, draft.starts_at.slice(0, 16), draft.ends_at.slice(0, 16)])

  it('windows from every way of writing them', () => {
    expect(missionsOf([
      'Titre;Date;Début;Fin', 'Montage;24/10;8h;18h30', 'Nuit;24/10/2026;20h00;02h00', 'Long;24 oct. 2026;22:00;25:30', 'ISO;;2026-10-24T14:30:00+02:00;2026-10-24T16:00:00+02:00', 'Plein;;24/10/2026 9h;25/10/2026 18h', 'Jour;26/10/2026;;',
    ].join('\n'))).toEqual([
      ['Montage', '2026-10-24T06:00', '2026-10-24T16:30'], ['Nuit', '2026-10-24T18:00', '2026-10-25T00:00'], ['Long', '2026-10-24T20:00', '2026-10-24T23:30'], ['ISO', '2026-10-24T12:30', '2026-10-24T14:00'],
      ['Plein', '2026-10-24T07:00', '2026-10-25T17:00'], ['Jour', '2026-10-25T23:00', '2026-10-26T23:00'],
    ])
  })

  it('what cannot be a mission is refused, each with its reason', () => {
    const result = preview('missions', [
      'Titre;Date;Début;Fin;Fuseau', ';24/10/2026;8h;9h;', 'Nul;24/10/2026;8h;8h;', 'Envers;;24/10/2026 9h;23/10/2026 9h;', 'Sans jour;;8h;9h;', 'Sans rien;;;;', 'Sans fin;24/10/2026;8h;;', 'Février;31/02/2026;8h;9h;',
      'Flou;bientôt;8h;9h;', 'Lune;24/10/2026;8h;9h;Lune/Tranquillité', 'Trou;29/03/2026;2h30;5h;', 'Double;25/10/2026;2h30;5h;', 'Havane;24/10/2026;8h;9h;America/Havana',
    ].join('\n'))
    expect(issues(result)).toEqual([
      '2 error title_missing', '3 error zero_length', '4 error reversed', '5 error date_missing', '6 error start_missing', '7 error end_missing', '8 error no_such_day', '9 error date_unreadable',
      '10 error zone_unknown', '11 warning clock_gap', '12 warning clock_repeat',
    ])
    expect(result.proposals.missions.map((item) => [item.draft.title, item.draft.zone])).toEqual([['Trou', 'Europe/Paris'], ['Double', 'Europe/Paris'], ['Havane', 'America/Havana']])
  })

  it('a date without year is refused until the year is chosen', () => {
    const text = 'Titre;Date;Début;Fin\nMontage;24/10;8h;9h\n'
    const { year: _year, ...unknown } = { year: undefined }
    const without = previewImport({ kind: 'missions', sheet: sheetOf(text), mapping: ['title', 'date', 'start', 'end'], source: 's', zone: 'Europe/Paris', language: 'fr', currency: 'EUR', country: 'FR', ...unknown })
    expect(issues(without)).toEqual(['2 error year_missing'])
  })

  const schedule = 'id;titre;debut;fin;salle;track;personnes\n1;Concert;2026-10-24T20:00:00+02:00;2026-10-24T22:00:00+02:00;Grande salle;Jazz;Ada Roux; \n'.replace('; \n', '\n')
  it('an event gives a mission, a place, a tag, people and assignments; a second import updates them', () => {
    const first = preview('schedule', schedule)
    const [mission, person, assignment, place] = [first.proposals.missions[0], first.proposals.people[0], first.proposals.assignments[0], first.proposals.locations[0]]
    expect(mission).toMatchObject({ key: 'id:1', external: { source: 'import.csv', external_id: '1' }, decision: 'create', draft: { title: 'Concert', location_key: place?.key, tags: ['Jazz'], kind: null } })
    expect(assignment?.draft).toMatchObject({ person_key: person?.key, mission_key: mission?.key, start_at: mission?.draft.starts_at, end_at: mission?.draft.ends_at })

    const held: ExistingRecords = {
      locations: [{ id: 'l1', external: place ? [place.external] : [], name: 'Grande salle' }],
      people: [{ id: 'p1', external: person ? [person.external] : [], kind: 'person', full_name: 'Ada Roux', first_name: 'Ada', last_name: 'Roux', email: null, phone: null, crew_role: null, department: null, skills: [], tags: [], languages: [], notes: null }],
      missions: [{ id: 'm1', external: mission ? [mission.external] : [], title: 'Concert', day_code: null, starts_at: at('2026-10-24T18:00:00Z'), ends_at: at('2026-10-24T20:00:00Z'), zone: 'Europe/Paris', location_id: 'l1', kind: null, tags: ['Jazz'], description: null }],
      assignments: [{ id: 'a1', external: assignment ? [assignment.external] : [], person_id: 'p1', mission_id: 'm1', crew_role: null, call_at: null, start_at: at('2026-10-24T18:00:00Z'), end_at: at('2026-10-24T20:00:00Z'), engagement_kind: null, notes: null }],
    }
    const again = preview('schedule', schedule, { existing: held })
    expect(again.ready).toBe(false)
    expect([again.counts.locations, again.counts.people, again.counts.missions, again.counts.assignments]).toEqual(Array(4).fill({ create: 0, update: 0, skip: 1 }))

    const moved = preview('schedule', schedule.replaceAll('T20:00', 'T21:00').replace('Grande salle', 'Petite salle'), { existing: held })
    expect(moved.proposals.missions[0]).toMatchObject({
      decision: 'update', match: { id: 'm1', by: 'external' },
      changes: [{ field: 'starts_at', old: '2026-10-24T18:00:00.000Z', new: '2026-10-24T19:00:00.000Z' }, { field: 'location_id', old: 'l1', new: 'place:petite salle' }],
    })
    expect(moved.proposals.assignments[0]).toMatchObject({ decision: 'update', match: { id: 'a1', by: 'person_and_mission' }, changes: [{ field: 'start_at', new: '2026-10-24T19:00:00.000Z' }] })
    expect(moved.proposals.locations[0]?.decision).toBe('create')
  })

  it('one id for two events is refused, one event on two rows is one', () => {
    const result = preview('schedule', 'id,title,start,end,persons\n1,Concert,2026-10-24T20:00:00Z,2026-10-24T22:00:00Z,Ada Roux\n1,Concert,2026-10-24T20:00:00Z,2026-10-24T22:00:00Z,Bo Lund\n1,Autre,2026-10-25T20:00:00Z,2026-10-25T22:00:00Z,Cy Diaz\n')
    expect(issues(result)).toEqual(['3 warning duplicate_row', '4 error duplicate_external_id'])
    expect(result.proposals.assignments.map((item) => item.draft.person_key)).toEqual(['name:ada roux', 'name:bo lund'])
    expect(result.proposals.people).toHaveLength(2)
  })
})

describe('assignments', () => {
  const mission: ExistingMission = {
    id: 'm1', external: [{ source: 'x', external_id: '77' }], title: 'Montage', day_code: 'J1', starts_at: at('2026-10-24T06:00:00Z'), ends_at: at('2026-10-24T16:00:00Z'), zone: 'Europe/Paris', location_id: null, kind: 'build', tags: [], description: null,
  }
  const text = [
    'Personne;Mission;Fonction;Convocation;Début;Fin;Tarif;Contrat', 'ROUX Ada;J1;Cintrière;7h30;;;250 €/jour;CDDU', 'Bo Lund;77;Électro;;24/10/2026 12h;24/10/2026 20h;18,50 €/h;Bénévole', 'Cy Diaz;Inconnue;;;;;;', ';J1;;;;;;',
    'Di Egg;Démontage;Cariste;;25/10/2026 22h;25/10/2026 23h;;?', 'ROUX Ada;J1;Cintrière;7h30;;;250 €/jour;CDDU', 'Ed Fox;J1;;;;;beaucoup;',
  ].join('\n')
  it('refer to missions by code, id or title, take their window, or make a new one', () => {
    const result = preview('assignments', text, { existing: records({ missions: [mission] }) })
    expect(result.proposals.missions.map((item) => [item.key, item.decision])).toEqual([['existing:m1', 'skip'], ['mission:demontage@2026-10-25T21:00:00.000Z', 'create']])
    expect(result.proposals.assignments.map(({ draft }) => draft)).toEqual([
      {
        person_key: 'name:ada roux', mission_key: 'existing:m1', crew_role: 'Cintrière', department: null, call_at: '2026-10-24T05:30:00.000Z', start_at: mission.starts_at, end_at: mission.ends_at,
        rate: { amount_minor: 25000, currency: 'EUR', unit: 'daily' }, engagement_kind: 'cddu_technician', notes: null,
      },
      {
        person_key: 'name:bo lund', mission_key: 'existing:m1', crew_role: 'Électro', department: null, call_at: null, start_at: '2026-10-24T10:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z',
        rate: { amount_minor: 1850, currency: 'EUR', unit: 'hourly' }, engagement_kind: 'volunteer', notes: null,
      },
      {
        person_key: 'name:di egg', mission_key: 'mission:demontage@2026-10-25T21:00:00.000Z', crew_role: 'Cariste', department: null, call_at: null, start_at: '2026-10-25T21:00:00.000Z', end_at: '2026-10-25T22:00:00.000Z',
        rate: null, engagement_kind: null, notes: null,
      },
    ])
    expect(issues(result)).toEqual([
      '4 error mission_not_found', '5 error person_missing', '6 warning engagement_unknown', '7 warning duplicate_row', '8 error rate_unreadable',
    ])
  })
})

describe('whatever the table', () => {
  it('rows and keys add up, references hold, and nothing comes from a rejected row', () => {
    const cells = fc.constantFrom('', 'Ada', 'Ada Roux', 'Bo; Cy; Bo', 'ada@example.org', '24/10/2026', '24/10', '8h', '18h', '2026-10-24T08:00:00Z', '31/02/2026', 'J1', '250 €', '06 39 98 00 01', NIR, 'Europe/Paris', 'x')
    const table = fc.array(fc.array(cells, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 12 })
    const mappings = { people: ['full_name', 'email', 'phone', 'tags', 'notes', 'kind', null, 'external_id'], missions: ['title', 'date', 'start', 'end', 'zone', 'location', 'tags', 'external_id'], schedule: ['external_id', 'title', 'start', 'end', 'zone', 'location', 'track', 'persons'], assignments: ['person', 'mission', 'date', 'start', 'end', 'rate', 'call', 'engagement_kind'] } as const
    fc.assert(fc.property(table, fc.constantFrom('people', 'missions', 'schedule', 'assignments'), (rows, kind: ImportKind) => {
      const header = Array.from({ length: 8 }, (_, index) => `c${index}`)
      const sheet: SheetTable = { name: 's', rows: [header, ...rows], lines: rows.map((_, index) => index + 2), header_row: 0 }
      const result = previewImport({ kind, sheet, mapping: [...mappings[kind]], source: 's', zone: 'Europe/Paris', language: 'fr', currency: 'EUR', country: 'FR' })
      const rejected = new Set(result.rows.filter((row) => row.state === 'rejected').map((row) => row.index))
      const { locations, people, missions, assignments } = result.proposals
      for (const list of [locations, people, missions, assignments]) {
        expect(new Set(list.map((item) => item.key)).size).toBe(list.length)
        for (const item of list) expect(item.rows.some((row) => rejected.has(row))).toBe(false)
      }
      const keys = (list: readonly { key: string }[]): Set<string> => new Set(list.map((item) => item.key))
      for (const { draft } of assignments) expect(keys(people).has(draft.person_key) && keys(missions).has(draft.mission_key)).toBe(true)
      for (const { draft } of missions) {
        expect(draft.location_key === null || keys(locations).has(draft.location_key)).toBe(true)
        expect(draft.ends_at > draft.starts_at).toBe(true)
      }
      expect(result.counts.accepted + result.counts.rejected).toBe(rows.length)
      expect(JSON.stringify(result)).not.toContain(NIR)
    }), { numRuns: 300 })
  })

  it('every message has words in both languages', () => {
    for (const [code, words] of Object.entries(IMPORT_MESSAGES)) expect(words.fr.length > 5 && words.en.length > 5, code).toBe(true)
  })
})

describe('large files', () => {
  const people = (count: number): string[][] => [
    ['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Fonction', 'Compétences', 'Date'],
    ...Array.from({ length: count }, (_, index) => [`Ada${index}`, `ROUX${index}`, `ada${index}@example.org`, `06 39 98 ${String(index % 100).padStart(2, '0')} ${String(Math.floor(index / 100) % 100).padStart(2, '0')}`, 'Régie', 'CACES, SSIAP', '24/10/2026']),
  ]
  it('2,000 rows are previewed within a second', () => {
    const text = Papa.unparse(people(2000), { delimiter: ';' })
    const start = performance.now()
    const result = preview('people', text)
    const spent = performance.now() - start
    expect(result.counts).toMatchObject({ rows: 2000, rejected: 0 })
    console.info(`preview of 2,000 rows: ${Math.round(spent)} ms`)
    expect(spent).toBeLessThan(1000)
  })
  it('an XLSX of 10,000 rows is read and previewed', () => {
    const bytes: Buffer = write({ SheetNames: ['S'], Sheets: { S: utils.aoa_to_sheet(people(10_000)) } }, { type: 'buffer', bookType: 'xlsx', compression: true })
    const start = performance.now()
    const table = readTable(new Uint8Array(bytes), 'equipe.xlsx')
    const read = performance.now() - start
    const sheet = table.ok ? table.value.sheets[0] : undefined
    if (!sheet) throw new Error('unreadable')
    const mapping = suggestMapping('people', headerOf(sheet, 'fr'), rowsUnderHeader(sheet).rows).mapping
    const result = previewImport({ kind: 'people', sheet, mapping, source: 's', zone: 'Europe/Paris', language: 'fr', currency: 'EUR', country: 'FR' })
    console.info(`10,000 rows of XLSX: read ${Math.round(read)} ms, all ${Math.round(performance.now() - start)} ms`)
    expect(result.counts).toMatchObject({ rows: 10_000, rejected: 0, people: { create: 10_000 } })
  })
})
