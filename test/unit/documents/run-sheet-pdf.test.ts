import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareSheets } from '../../../shared/domain/runsheets/compare.ts'
import { clock } from '../../../shared/domain/runsheets/formats.ts'
import type { SheetSlot, SheetSnapshot } from '../../../shared/domain/runsheets/snapshot.ts'
import { sheetSnapshotSchema } from '../../../shared/domain/runsheets/snapshot.ts'
import type { Instant, LocalDate } from '../../../shared/kernel/instants.ts'
import { renderRunSheetPdf, runSheetFileName } from '../../../shared/documents/run-sheet/render.ts'
import { crowd, draftOf, emptySheet, filmDay, issueOf, stageDay, stageDayBefore, theatreDay } from '../../fixtures/sheets.ts'
import { linesOf, pagesOf, poppler, textOf } from './poppler.ts'

const changes = compareSheets(stageDayBefore, stageDay)
const spaces = (text: string): string => text.replace(/\s+/gu, ' ')

describe('the printed run sheet says what the snapshot says', () => {
  for (const [name, sheet] of [
    ['stage day', stageDay],
    ['theatre day', theatreDay],
    ['film day', filmDay],
  ] as const) {
    for (const language of ['fr', 'en'] as const) {
      it(`prints every name, role, telephone and text of the ${name} in ${language}`, async () => {
        sheetSnapshotSchema.parse(sheet)
        const text = textOf(await renderRunSheetPdf(sheet, issueOf(sheet), { language }))
        for (const expected of textsOf(sheet)) expect(text, expected).toContain(spaces(expected))
      })
    }
  }

  it('puts each person on one line with their call, end and meal', async () => {
    const lines = linesOf(await renderRunSheetPdf(stageDay, issueOf(stageDay)))
    for (const person of stageDay.people.filter((row) => row.name !== null)) {
      const line = lines.find((candidate) => candidate.includes(person.name ?? '') && candidate.includes(person.crew_role))
      expect(line, person.crew_role).toContain(clock(person.call_at, stageDay.zone))
      if (person.end_at !== null) expect(line).toContain(clock(person.end_at, stageDay.zone))
      if (person.meal_at !== null) expect(line).toContain(clock(person.meal_at, stageDay.zone))
    }
  })

  it('marks the hours after midnight and after the change of clocks', async () => {
    const text = textOf(await renderRunSheetPdf(stageDay, issueOf(stageDay)))
    expect(text).toContain('06:00+1 dimanche, UTC+1')
    expect(text).toContain('Fin de service, remise des clés (dim., UTC+1)')
    // Half past eleven to six, across the repeated hour.
    expect(text).toContain('7 h 30')
    expect(text).toContain('+1 = dimanche 25 octobre, UTC+1')
  })

  it('the night of the change of clocks reads 7 h 30 from 23:30 to 06:00, with both offsets, in both languages and over the hour that is skipped', async () => {
    const night = (from: string, to: string) => ({
      ...stageDay, date: from.slice(0, 10) as LocalDate, missions: stageDay.missions.map((mission) => ({ ...mission, start_at: from as Instant, end_at: to as Instant })), key_times: [], people: [], advance: [],
      slots: [{ ...(stageDay.slots[0] as SheetSlot), label: 'Démontage', start_at: from as Instant, end_at: to as Instant }],
    })
    const autumn = night('2026-10-24T21:30:00.000Z', '2026-10-25T05:00:00.000Z')
    const french = textOf(await renderRunSheetPdf(autumn, issueOf(autumn), { language: 'fr' }))
    expect(french).toMatch(/23:30 7 h 30 Démontage \(UTC\+2 → 06:00 UTC\+1\)/)
    expect(french).toContain('UTC+2 jusqu’à dim. 03:00, puis UTC+1')
    const english = textOf(await renderRunSheetPdf(autumn, issueOf(autumn), { language: 'en' }))
    expect(english).toMatch(/23:30 7 h 30 min Démontage \(UTC\+2 → 06:00 UTC\+1\)/)
    expect(english).toContain('UTC+2 until Sun 03:00, then UTC+1')
    const spring = night('2026-03-28T22:30:00.000Z', '2026-03-29T04:00:00.000Z')
    const short = textOf(await renderRunSheetPdf(spring, issueOf(spring), { language: 'fr' }))
    expect(short).toMatch(/23:30 5 h 30 Démontage \(UTC\+1 → 06:00 UTC\+2\)/)
    expect(short).toContain('UTC+1 jusqu’à dim. 02:00, puis UTC+2')
    const plain = night('2026-10-17T21:30:00.000Z', '2026-10-18T04:00:00.000Z')
    expect(textOf(await renderRunSheetPdf(plain, issueOf(plain), { language: 'fr' }))).not.toContain('jusqu’à dim.')
  })

  it('leaves out of a film day the columns and sums that nobody has filled yet', async () => {
    const script = { ...filmDay, scenes: filmDay.scenes.filter((row) => row.kind === 'scene').map((row) => ({ ...row, start_at: null, minutes: null })), cast: filmDay.cast.map((row) => ({ ...row, status: null })) }
    const text = textOf(await renderRunSheetPdf(script, issueOf(script)))
    expect(text).not.toContain(' 0 min')
    expect(text).not.toContain('Statut')
    expect(text).toContain('Séq. Effet Décor et action')
  })

  it('prints scenes in eighths of a page and adds them up', async () => {
    const text = textOf(await renderRunSheetPdf(filmDay, issueOf(filmDay)))
    for (const length of ['1 3/8', '7/8', '5/8', 'total 4 7/8']) expect(text).toContain(length)
    expect(text).toContain('jour 12 sur 34')
    expect(text).toContain('Rose')
  })

  it('names open posts, options and unanswered proposals', async () => {
    const lines = linesOf(await renderRunSheetPdf(stageDay, issueOf(stageDay)))
    expect(lines.find((line) => line.startsWith('Électro 2'))).toContain('à pourvoir')
    expect(lines.find((line) => line.startsWith('Électro Sacha'))).toContain('à confirmer')
    expect(lines.find((line) => line.includes('Nino Costa'))).toContain('option')
  })

  it('carries organization, project, mission, instant, version, hash and page on every page', async () => {
    const issue = issueOf(stageDay)
    const pages = pagesOf(await renderRunSheetPdf(stageDay, issue))
    expect(pages).toHaveLength(2)
    pages.forEach((page, index) => {
      expect(page).toContain('Compagnie du Phare / Les Nuits du Phare 2026 / J3')
      expect(page).toContain('Généré 2026-10-23T16:40:12Z')
      expect(page).toContain(`v3 · ${issue.content_hash}`)
      expect(page).toContain(`page ${index + 1} / 2`)
    })
  })
})

describe('drafts, reprints and variants', () => {
  it('watermarks every page of a draft and no page of a published sheet', async () => {
    const draft = pagesOf(await renderRunSheetPdf(stageDay, draftOf(stageDay)))
    expect(draft).toHaveLength(2)
    for (const page of draft) expect(page.replace(/\s/g, '')).toContain('BROUILLON')
    expect(draft[0]).toContain('Brouillon, non diffusé')
    const published = textOf(await renderRunSheetPdf(stageDay, issueOf(stageDay)))
    expect(published.toLowerCase()).not.toContain('brouillon')
  })

  it('leaves internal notes out of the field variant, in the text and among the changes', async () => {
    const before: SheetSnapshot = {
      ...stageDay,
      notes: stageDay.notes.map((note) => (note.id === 'n5' ? { ...note, text: 'Secret précédent' } : note)),
    }
    const options = { changes: compareSheets(before, stageDay) }
    const full = textOf(await renderRunSheetPdf(stageDay, issueOf(stageDay), options))
    expect(full).toContain('majoration au devis')
    const field = textOf(await renderRunSheetPdf(stageDay, issueOf(stageDay), { ...options, variant: 'field' }))
    expect(field).not.toContain('majoration')
    expect(field).not.toContain('Secret')
    expect(field).not.toContain('interne')
    expect(field).not.toContain('Changements')
  })

  it('lists what changed since the last published version and strikes the former values', async () => {
    const text = textOf(await renderRunSheetPdf(stageDay, issueOf(stageDay), { changes }))
    expect(text).toContain('9 changements depuis v2')
    for (const line of [
      'Balances 16:30 → 17:00',
      'Démontage & chargement : durée 6 h 30 → 7 h 30',
      'Électro : Sacha Petit à confirmer',
      'Électro 2 : poste à pourvoir',
      'Opératrice vidéo : Chloé Tran, convoc. 15:30 → 16:00',
      'Cintrière : Lola Ngata → Anna Weiss',
      'Roads : 4 → 6',
      'Musiciennes : Quatuor Estran, convoc. 16:00 → 16:30',
      'Pause encadrée, boissons chaudes : ajout à 02:15 (+1)',
    ])
      expect(text).toContain(line)
    expect(text).toContain('16:00 15:30')
    expect(text).toContain('Anna Weiss Lola Ngata')
  })

  it('says offline numbers, replaced versions and demo data', async () => {
    const issue = issueOf(stageDay, { device_code: 'A7', superseded_by: 4, demo: true })
    const pages = pagesOf(await renderRunSheetPdf(stageDay, issue))
    for (const page of pages) {
      expect(page).toContain('v3 (hors ligne)')
      expect(page).toContain('DÉMO')
      expect(page.replace(/\s/g, '')).toContain('REMPLACÉEPARv4')
    }
    expect(pages[0]).toContain('poste A7')
  })

  it('boxes the reader’s own line on page 1', async () => {
    const [first] = pagesOf(await renderRunSheetPdf(stageDay, issueOf(stageDay), { boxed_assignment_id: 'p12' }))
    expect(first).toContain('Votre ligne Anna Weiss · Cintrière · convocation 16:00')
  })

  it('prints a sheet with nothing in it yet', async () => {
    expect(textOf(await renderRunSheetPdf(emptySheet, draftOf(emptySheet)))).toContain('Feuille de service')
  })

  it('names the file by date, mission, kind and version', () => {
    expect(runSheetFileName(stageDay, issueOf(stageDay), 'pdf')).toBe('2026-10-24_J3_feuille-de-service_v3.pdf')
    expect(runSheetFileName(stageDay, issueOf(stageDay), 'csv', 'en')).toBe('2026-10-24_J3_call-sheet_v3.csv')
  })
})

describe('the file', () => {
  let bytes: Uint8Array
  beforeAll(async () => {
    bytes = await renderRunSheetPdf(stageDay, issueOf(stageDay), { changes })
  })

  it('is the same, byte for byte, when rendered again', async () => {
    expect(Buffer.compare(bytes, await renderRunSheetPdf(stageDay, issueOf(stageDay), { changes }))).toBe(0)
  })

  it('is tagged, titled, dated by its publication and in the document’s language', () => {
    const info = poppler('pdfinfo', bytes)
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/Title:\s+Feuille de service J3 v3/)
    expect(info).toMatch(/Page size:\s+595.28 x 841.89 pts \(A4\)/)
    expect(poppler('pdfinfo', bytes, ['-isodates'])).toMatch(/CreationDate:\s+2026-10-23T16:40:12Z/)
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/Lang \(fr\)/)
  })

  it('has a structure tree of headings, tables, rows and cells', () => {
    const tree = poppler('pdfinfo', bytes, ['-struct-text'])
    for (const tag of ['Document', 'H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'LI', 'Figure'])
      expect(tree).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'))
    expect(tree).toContain('"Inès Morvan"')
    // Footers and watermarks are no content.
    expect(tree).not.toContain('page 1 / 2')
  })

  it('sets no text under 6.5 pt, in any density', async () => {
    for (const sheet of [stageDay, filmDay, crowd(45), crowd(150)]) {
      const loading = getDocument({ data: new Uint8Array(await renderRunSheetPdf(sheet, draftOf(sheet))) })
      const document = await loading.promise
      for (let number = 1; number <= document.numPages; number++) {
        const { items } = await (await document.getPage(number)).getTextContent()
        for (const item of items) {
          if (!('str' in item) || item.str.trim() === '') continue
          const [a = 0, b = 0] = item.transform as number[]
          expect(Math.hypot(a, b), item.str).toBeGreaterThanOrEqual(6.5)
        }
      }
      await loading.destroy()
    }
  })

  it('embeds every font it uses', () => {
    const fonts = poppler('pdffonts', bytes).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) {
      expect(font).toContain('Inter-')
      expect(font).toMatch(/yes yes yes\s+\d+\s+\d+$/)
    }
  })
})

describe('long texts', () => {
  const word = 'Donaudampfschifffahrtsgesellschaftskapitän'
  const phrase = 'Coordination générale de la scénographie itinérante et des installations pyrotechniques'
  const long: SheetSnapshot = {
    ...stageDay,
    organization: { id: 'org', name: `Établissement public ${phrase}` },
    project: { id: 'project', name: `Festival ${phrase}` },
    headline: phrase,
    unit: 'seconde équipe',
    colour: 'Goldenrod',
    key_times: [...stageDay.key_times, ...stageDay.key_times.map((row) => ({ ...row, id: `${row.id}-2`, label: phrase, place: phrase }))],
    slots: stageDay.slots.map((row) => ({ ...row, label: `${word} ${phrase}`, location: word })),
    people: stageDay.people.map((row) => ({
      ...row,
      crew_role: `${word} en chef`,
      name: `Maximiliane ${word}`,
      phone: '+33 6 39 98 10 01',
      remarks: word,
    })),
    notes: stageDay.notes.map((row) => ({ ...row, text: `https://example.org/${word}/${word}/${word}` })),
    contacts: stageDay.contacts.map((row) => ({ ...row, name: `${word} ${word}` })),
  }

  it('stay between the margins of the paper', async () => {
    for (const sheet of [long, filmDay, crowd(150)]) {
      const loading = getDocument({
        data: new Uint8Array(await renderRunSheetPdf(sheet, issueOf(sheet, { device_code: 'A7', demo: true }))),
      })
      const document = await loading.promise
      for (let number = 1; number <= document.numPages; number++) {
        const { items } = await (await document.getPage(number)).getTextContent()
        for (const item of items) {
          if (!('str' in item) || item.str.trim() === '') continue
          const [, , , , x = 0, y = 0] = item.transform as number[]
          expect(x, item.str).toBeGreaterThanOrEqual(36.8)
          expect(x + item.width, item.str).toBeLessThanOrEqual(595.28 - 34 + 0.6)
          expect(y, item.str).toBeGreaterThanOrEqual(8)
        }
      }
      await loading.destroy()
    }
  })

  it('are never lost, even where one cell is longer than a page', async () => {
    let count = 0
    const words = (number: number): string => Array.from({ length: number }, () => `zq${String(count++).padStart(5, '0')}`).join(' ')
    const [slot, ...slots] = stageDay.slots
    const [person, ...people] = stageDay.people
    const [first, ...notes] = stageDay.notes
    if (!slot || !person || !first) throw new Error('the stage day has rows')
    const sheet: SheetSnapshot = {
      ...stageDay,
      alerts: [{ id: 'a', title: 'x', text: words(300) }],
      slots: [{ ...slot, label: words(600) }, ...slots],
      people: [{ ...person, remarks: words(500) }, ...people],
      notes: [{ ...first, text: words(900) }, ...notes],
      legal_note: words(900),
    }
    const text = textOf(await renderRunSheetPdf(sheet, issueOf(sheet)))
    for (const expected of JSON.stringify(sheet).match(/zq\d{5}/g) ?? []) expect(text).toContain(expected)
  })
})

describe('large crews', () => {
  it('ends on page 2 with 45 people', async () => {
    const sheet = crowd(45)
    const bytes = await renderRunSheetPdf(sheet, issueOf(sheet))
    expect(pagesOf(bytes).length).toBeLessThanOrEqual(2)
  })

  it('sets more than 60 people in two columns and loses nobody', async () => {
    const sheet = crowd(150)
    const text = textOf(await renderRunSheetPdf(sheet, issueOf(sheet)))
    const counts = new Map<string, number>()
    for (const person of sheet.people) counts.set(person.name ?? '', (counts.get(person.name ?? '') ?? 0) + 1)
    for (const [name, count] of counts) expect(text.split(name).length - 1, name).toBeGreaterThanOrEqual(count)
  })

  it('keeps each department on one page when it fits', async () => {
    for (const count of [45, 58, 150]) {
      const sheet = crowd(count)
      const pages = pagesOf(await renderRunSheetPdf(sheet, issueOf(sheet)))
      for (const department of sheet.departments) {
        const ids = sheet.people.filter((person) => person.department_id === department.id)
        const role = ids[0]?.crew_role ?? ''
        // Two-column roles may wrap: count by the first word, which no other text of the sheet uses.
        const word = role.split(' ')[0] ?? ''
        const holding = pages.filter((page, index) => index > 0 && page.includes(`${word} `) && page.split(word).length > 3)
        expect(holding.length, `${count} ${role}`).toBeLessThanOrEqual(1)
      }
    }
  })

  it('splits a department that no page can hold, and says it goes on', async () => {
    const base = crowd(150)
    const sheet: SheetSnapshot = { ...base, people: base.people.map((person) => ({ ...person, department_id: 'd-REG' })) }
    const text = textOf(await renderRunSheetPdf(sheet, issueOf(sheet)))
    expect(text).toContain('(suite)')
    for (const person of sheet.people) expect(text).toContain(person.name)
  })

  it('renders 150 people in under a second', async () => {
    const sheet = crowd(150)
    const issue = issueOf(sheet)
    // Processor time, because other tests share the machine.
    const start = process.cpuUsage()
    await renderRunSheetPdf(sheet, issue)
    const used = process.cpuUsage(start)
    expect((used.user + used.system) / 1000).toBeLessThan(1000)
  })
})

/** Every text a reader must find, apart from times, which stand in cells of their own. */
function textsOf(sheet: SheetSnapshot): string[] {
  const { hospital } = sheet.emergency
  return [
    sheet.organization.name,
    sheet.project.name,
    ...sheet.missions.map((row) => row.code),
    ...sheet.key_times.flatMap((row) => [row.place ?? '', clock(row.at, sheet.zone)]),
    ...sheet.alerts.flatMap((row) => [row.title]),
    ...sheet.slots.flatMap((row) => [clock(row.start_at, sheet.zone)]),
    ...sheet.people.flatMap((row) => [row.name ?? '', row.phone ?? '', clock(row.call_at, sheet.zone)]),
    ...sheet.departments.map((row) => row.name),
    ...(sheet.location ? [sheet.location.name, ...sheet.location.address] : []),
    ...(hospital ? [hospital.name, hospital.address ?? '', hospital.phone ?? ''] : []),
    ...sheet.contacts.flatMap((row) => [row.name, row.phone ?? '']),
    ...sheet.cast.flatMap((row) => [row.role, row.performer ?? '']),
    ...sheet.scenes.flatMap((row) => [row.number ?? '']),
    ...sheet.extras.flatMap((row) => [row.label]),
    sheet.validator?.name ?? '',
  ].filter((text) => text !== '')
}
