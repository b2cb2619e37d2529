import { describe, expect, it } from 'vitest'
import type { PreviewInput } from '../../../shared/documents/import/preview.ts'
import { previewImport } from '../../../shared/documents/import/preview.ts'
import type { ExistingMission, ExistingRecords } from '../../../shared/documents/import/preview-types.ts'
import { at, sheetOf, preview, issues, records } from './preview-fixtures.ts'

describe('missions', () => {
  const missionsOf = (text: string, more: Partial<PreviewInput> = {}): string[][] =>
    preview('missions', text, more).proposals.missions.map(({ draft }) => [
      draft.title,
      draft.starts_at.slice(0, 16),
      draft.ends_at.slice(0, 16),
    ])

  it('windows from every way of writing them', () => {
    expect(
      missionsOf(
        [
          'Titre;Date;Début;Fin',
          'Montage;24/10;8h;18h30',
          'Nuit;24/10/2026;20h00;02h00',
          'Long;24 oct. 2026;22:00;25:30',
          'ISO;;2026-10-24T14:30:00+02:00;2026-10-24T16:00:00+02:00',
          'Plein;;24/10/2026 9h;25/10/2026 18h',
          'Jour;26/10/2026;;',
        ].join('\n'),
      ),
    ).toEqual([
      ['Montage', '2026-10-24T06:00', '2026-10-24T16:30'],
      ['Nuit', '2026-10-24T18:00', '2026-10-25T00:00'],
      ['Long', '2026-10-24T20:00', '2026-10-24T23:30'],
      ['ISO', '2026-10-24T12:30', '2026-10-24T14:00'],
      ['Plein', '2026-10-24T07:00', '2026-10-25T17:00'],
      ['Jour', '2026-10-25T23:00', '2026-10-26T23:00'],
    ])
  })

  it('a start and an end in one cell', () => {
    expect(
      missionsOf('Titre;Date;Horaires\nMontage;24/10/2026;8h-18h30\nNuit;24/10/2026;22:00 → 02h00 (+1)\nRaccord;24/10/2026;9h à 10h\n'),
    ).toEqual([
      ['Montage', '2026-10-24T06:00', '2026-10-24T16:30'],
      ['Nuit', '2026-10-24T20:00', '2026-10-25T00:00'],
      ['Raccord', '2026-10-24T07:00', '2026-10-24T08:00'],
    ])
  })

  it('what cannot be a mission is refused, each with its reason', () => {
    const result = preview(
      'missions',
      [
        'Titre;Date;Début;Fin;Fuseau',
        ';24/10/2026;8h;9h;',
        'Nul;24/10/2026;8h;8h;',
        'Envers;;24/10/2026 9h;23/10/2026 9h;',
        'Sans jour;;8h;9h;',
        'Sans rien;;;;',
        'Sans fin;24/10/2026;8h;;',
        'Février;31/02/2026;8h;9h;',
        'Flou;bientôt;8h;9h;',
        'Lune;24/10/2026;8h;9h;Lune/Tranquillité',
        'Trou;29/03/2026;2h30;5h;',
        'Double;25/10/2026;2h30;5h;',
        'Havane;24/10/2026;8h;9h;America/Havana',
      ].join('\n'),
    )
    expect(issues(result)).toEqual([
      '2 error title_missing',
      '3 error zero_length',
      '4 error reversed',
      '5 error date_missing',
      '6 error start_missing',
      '7 error end_missing',
      '8 error no_such_day',
      '9 error date_unreadable',
      '10 error zone_unknown',
      '11 warning clock_gap',
      '12 warning clock_repeat',
    ])
    expect(result.proposals.missions.map((item) => [item.draft.title, item.draft.zone])).toEqual([
      ['Trou', 'Europe/Paris'],
      ['Double', 'Europe/Paris'],
      ['Havane', 'America/Havana'],
    ])
  })

  it('a date without year is refused until the year is chosen', () => {
    const text = 'Titre;Date;Début;Fin\nMontage;24/10;8h;9h\n'
    const { year: _year, ...unknown } = { year: undefined }
    const without = previewImport({
      kind: 'missions',
      sheet: sheetOf(text),
      mapping: ['title', 'date', 'start', 'end'],
      source: 's',
      zone: 'Europe/Paris',
      language: 'fr',
      currency: 'EUR',
      country: 'FR',
      ...unknown,
    })
    expect(issues(without)).toEqual(['2 error year_missing'])
  })

  const schedule =
    'id;titre;debut;fin;salle;track;personnes\n1;Concert;2026-10-24T20:00:00+02:00;2026-10-24T22:00:00+02:00;Grande salle;Jazz;Ada Roux; \n'.replace(
      '; \n',
      '\n',
    )
  it('an event gives a mission, a place, a tag, people and assignments; a second import updates them', () => {
    const first = preview('schedule', schedule)
    const [mission, person, assignment, place] = [
      first.proposals.missions[0],
      first.proposals.people[0],
      first.proposals.assignments[0],
      first.proposals.locations[0],
    ]
    expect(mission).toMatchObject({
      key: 'id:1',
      external: { source: 'import.csv', external_id: '1' },
      decision: 'create',
      draft: { title: 'Concert', location_key: place?.key, tags: ['Jazz'], kind: null },
    })
    expect(assignment?.draft).toMatchObject({
      person_key: person?.key,
      mission_key: mission?.key,
      start_at: mission?.draft.starts_at,
      end_at: mission?.draft.ends_at,
    })

    const held: ExistingRecords = {
      locations: [{ id: 'l1', external: place ? [place.external] : [], name: 'Grande salle' }],
      people: [
        {
          id: 'p1',
          external: person ? [person.external] : [],
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
        },
      ],
      missions: [
        {
          id: 'm1',
          external: mission ? [mission.external] : [],
          title: 'Concert',
          day_code: null,
          starts_at: at('2026-10-24T18:00:00Z'),
          ends_at: at('2026-10-24T20:00:00Z'),
          zone: 'Europe/Paris',
          location_id: 'l1',
          kind: null,
          tags: ['Jazz'],
          description: null,
        },
      ],
      assignments: [
        {
          id: 'a1',
          external: assignment ? [assignment.external] : [],
          person_id: 'p1',
          mission_id: 'm1',
          crew_role: null,
          call_at: null,
          start_at: at('2026-10-24T18:00:00Z'),
          end_at: at('2026-10-24T20:00:00Z'),
          engagement_kind: null,
          notes: null,
        },
      ],
    }
    const again = preview('schedule', schedule, { existing: held })
    expect(again.ready).toBe(false)
    expect([again.counts.locations, again.counts.people, again.counts.missions, again.counts.assignments]).toEqual(
      Array(4).fill({ create: 0, update: 0, skip: 1 }),
    )

    const moved = preview('schedule', schedule.replaceAll('T20:00', 'T21:00').replace('Grande salle', 'Petite salle'), { existing: held })
    expect(moved.proposals.missions[0]).toMatchObject({
      decision: 'update',
      match: { id: 'm1', by: 'external' },
      changes: [
        { field: 'starts_at', old: '2026-10-24T18:00:00.000Z', new: '2026-10-24T19:00:00.000Z' },
        { field: 'location_id', old: 'l1', new: 'place:petite salle' },
      ],
    })
    expect(moved.proposals.assignments[0]).toMatchObject({
      decision: 'update',
      match: { id: 'a1', by: 'person_and_mission' },
      changes: [{ field: 'start_at', new: '2026-10-24T19:00:00.000Z' }],
    })
    expect(moved.proposals.locations[0]?.decision).toBe('create')
  })

  it('one id for two events is refused, one event on two rows is one', () => {
    const result = preview(
      'schedule',
      'id,title,start,end,persons\n1,Concert,2026-10-24T20:00:00Z,2026-10-24T22:00:00Z,Ada Roux\n1,Concert,2026-10-24T20:00:00Z,2026-10-24T22:00:00Z,Bo Lund\n1,Autre,2026-10-25T20:00:00Z,2026-10-25T22:00:00Z,Cy Diaz\n',
    )
    expect(issues(result)).toEqual(['3 warning duplicate_row', '4 error duplicate_external_id'])
    expect(result.proposals.assignments.map((item) => item.draft.person_key)).toEqual(['name:ada roux', 'name:bo lund'])
    expect(result.proposals.people).toHaveLength(2)
  })
})

describe('assignments', () => {
  const mission: ExistingMission = {
    id: 'm1',
    external: [{ source: 'x', external_id: '77' }],
    title: 'Montage',
    day_code: 'J1',
    starts_at: at('2026-10-24T06:00:00Z'),
    ends_at: at('2026-10-24T16:00:00Z'),
    zone: 'Europe/Paris',
    location_id: null,
    kind: 'build',
    tags: [],
    description: null,
  }
  const text = [
    'Personne;Mission;Fonction;Convocation;Début;Fin;Tarif;Contrat',
    'ROUX Ada;J1;Cintrière;7h30;;;250 €/jour;CDDU',
    'Bo Lund;77;Électro;;24/10/2026 12h;24/10/2026 20h;18,50 €/h;Bénévole',
    'Cy Diaz;Inconnue;;;;;;',
    ';J1;;;;;;',
    'Di Egg;Démontage;Cariste;;25/10/2026 22h;25/10/2026 23h;;?',
    'ROUX Ada;J1;Cintrière;7h30;;;250 €/jour;CDDU',
    'Ed Fox;J1;;;;;beaucoup;',
  ].join('\n')
  it('refer to missions by code, id or title, take their window, or make a new one', () => {
    const result = preview('assignments', text, { existing: records({ missions: [mission] }) })
    expect(result.proposals.missions.map((item) => [item.key, item.decision])).toEqual([
      ['existing:m1', 'skip'],
      ['mission:demontage@2026-10-25T21:00:00.000Z', 'create'],
    ])
    expect(result.proposals.assignments.map(({ draft }) => draft)).toEqual([
      {
        person_key: 'name:ada roux',
        mission_key: 'existing:m1',
        crew_role: 'Cintrière',
        department: null,
        call_at: '2026-10-24T05:30:00.000Z',
        start_at: mission.starts_at,
        end_at: mission.ends_at,
        rate: { amount_minor: 25000, currency: 'EUR', unit: 'daily' },
        engagement_kind: 'cddu_technician',
        notes: null,
      },
      {
        person_key: 'name:bo lund',
        mission_key: 'existing:m1',
        crew_role: 'Électro',
        department: null,
        call_at: null,
        start_at: '2026-10-24T10:00:00.000Z',
        end_at: '2026-10-24T18:00:00.000Z',
        rate: { amount_minor: 1850, currency: 'EUR', unit: 'hourly' },
        engagement_kind: 'volunteer',
        notes: null,
      },
      {
        person_key: 'name:di egg',
        mission_key: 'mission:demontage@2026-10-25T21:00:00.000Z',
        crew_role: 'Cariste',
        department: null,
        call_at: null,
        start_at: '2026-10-25T21:00:00.000Z',
        end_at: '2026-10-25T22:00:00.000Z',
        rate: null,
        engagement_kind: null,
        notes: null,
      },
    ])
    expect(issues(result)).toEqual([
      '4 error mission_not_found',
      '5 error person_missing',
      '6 warning engagement_unknown',
      '7 warning duplicate_row',
      '8 error rate_unreadable',
    ])
  })
})
