import { read } from '@e965/xlsx'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { unzipSync, strFromU8 } from 'fflate'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWorkbook } from '../../../shared/documents/import/workbook.ts'
import { IMPORT_LIMITS } from '../../../shared/documents/import/problems.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { listDocuments } from '../../../shared/core/list-documents.ts'
import { documentNames } from '../../../shared/domain/documents/operations.ts'
import { openListWorld, type ListWorld } from './list-world.ts'
import { pagesOf, poppler, textOf } from './poppler.ts'

let world: ListWorld
beforeAll(async () => {
  world = await openListWorld()
}, 120_000)
afterAll(() => world.app.close())

const titles: Record<string, readonly [fr: string, en: string]> = {
  mission_list: ['Liste des missions', 'Mission list'], crew_list: ['Liste d’équipe', 'Crew list'], contact_sheet: ['Fiche contacts', 'Contact sheet'], sign_in_sheet: ['Feuille d’émargement', 'Sign-in sheet'],
  address_list: ['Liste d’adresses', 'Address list'], run_of_show: ['Conduite', 'Run of show'], site_sheet: ['Fiche de lieu', 'Site sheet'], location_list: ['Liste des lieux', 'Location list'], assignment_list: ['Planning', 'Planning'],
  sheet_list: ['Feuilles de service', 'Call sheets'], project_list: ['Projets', 'Projects'], overview: ['État du projet', 'Project status'], audit_extract: ['Extrait du journal', 'Audit extract'],
  permissions_matrix: ['Qui peut faire quoi', 'Who may do what'], personal_schedule: ['Planning personnel', 'Personal schedule'],
  planning_timeline: ['Planning', 'Planning'], week_plan: ['Semaine de chacun', 'Everybody’s week'], cost_list: ['Coûts — Estimation', 'Costs — Estimate'], staff_register: ['Registre du personnel', 'Register of staff'],
}

describe.each(['fr', 'en'] as const)('in %s', (language) => {
  it.each(documentNames)('%s says what it is, whose, from when, with its hash, on every page', async (document) => {
    const made = await world.make(document, { language, ...(document === 'audit_extract' ? { list: { filter: { entity: 'mission' } } } : {}) })
    const pages = pagesOf(made.bytes)
    expect(pages.length).toBe(made.pages)
    expect(pages[0]).toContain(titles[document]?.[language === 'fr' ? 0 : 1])
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`page ${index + 1} / ${pages.length}`)
      expect(page).toMatch(language === 'fr' ? /Généré \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/ : /Generated \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/)
      expect(page).toContain(made.content_hash)
      expect(page).toContain(language === 'fr' ? 'DÉMO' : 'DEMO')
    }
    const fonts = poppler('pdffonts', made.bytes).split('\n').slice(2).filter((line) => line.trim() !== '')
    expect(fonts.length).toBeGreaterThan(0)
    for (const line of fonts) expect(line).toMatch(/Inter.*\s+yes\s+yes/)
    const info = poppler('pdfinfo', made.bytes)
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/Title:\s+\S/)
    expect(Buffer.from(made.bytes).toString('latin1')).toMatch(new RegExp(`/Lang \\(${language}`))
    expect(sha256(made.bytes)).toBe(made.sha256)
  })
})

describe('print', () => {
  it('has no text under 6.5 pt, tables of 8.5 pt or more, and call times of 9 pt or more', async () => {
    for (const document of documentNames) {
      const loading = getDocument({ data: (await world.make(document)).bytes })
      const opened = await loading.promise
      for (let number = 1; number <= opened.numPages; number++) {
        const { items } = await (await opened.getPage(number)).getTextContent()
        for (const item of items) {
          if (!('str' in item) || item.str.trim() === '') continue
          const [a = 0, b = 0] = item.transform as number[]
          const size = Math.hypot(a, b)
          expect(size, `${document} ${item.str}`).toBeGreaterThanOrEqual(6.5)
          if (document === 'crew_list' && item.str.includes('@')) expect(size).toBeGreaterThanOrEqual(8.5)
          if (document === 'sign_in_sheet' && /^\d\d:\d\d$/.test(item.str.trim())) expect(size).toBeGreaterThanOrEqual(9)
        }
      }
      await loading.destroy()
    }
  }, 120_000)

  it('keeps to black, white and greys of 7 % in every fill', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-grey-'))
    try {
      const made = await world.make('crew_list')
      writeFileSync(join(folder, 'a.pdf'), made.bytes)
      execFileSync('pdftoppm', ['-r', '50', '-f', '1', '-l', '1', join(folder, 'a.pdf'), join(folder, 'c')])
      const ppm = readFileSync(join(folder, 'c-1.ppm'))
      const start = ppm.indexOf('255\n') + 4
      let coloured = 0
      const counts = new Map<number, number>()
      for (let at = start; at + 2 < ppm.length; at += 3) {
        const [r, g, b] = [ppm[at] ?? 0, ppm[at + 1] ?? 0, ppm[at + 2] ?? 0]
        if (Math.max(r, g, b) - Math.min(r, g, b) > 2) coloured++
        counts.set(r, (counts.get(r) ?? 0) + 1)
      }
      expect(coloured).toBe(0)
      const commonest = [...counts].filter(([value]) => value < 255).sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
      expect(commonest).toBeGreaterThanOrEqual(Math.floor(255 * 0.93) - 1)
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  })

  it('goes on with "(suite)" and the head of the columns where a group is longer than a page', async () => {
    const made = await world.make('permissions_matrix', { paper: { size: 'A4', landscape: true } })
    const pages = pagesOf(made.bytes)
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.some((page) => page.includes('(suite)'))).toBe(true)
    for (const page of pages) expect(page).toContain('Ce qui est permis')
  })

  it('never parts a department that fits on a page', async () => {
    const made = await world.make('crew_list', { paper: { size: 'A4', landscape: true } })
    expect(made.pages).toBeGreaterThan(1)
    expect(textOf(made.bytes)).not.toContain('(suite)')
  })

  it('prints A3 and landscape as asked', async () => {
    const size = async (paper: object) => poppler('pdfinfo', (await world.make('mission_list', { paper })).bytes).match(/Page size:\s+([\d.]+) x ([\d.]+)/)
    expect((await size({ size: 'A4', landscape: true }))?.slice(1).map(Number)).toEqual([841.89, 595.28])
    expect((await size({ size: 'A3', landscape: false }))?.slice(1).map(Number)).toEqual([841.89, 1190.55])
  })

  it('has the columns asked for, in their order', async () => {
    const made = await world.make('crew_list', { columns: ['phone', 'name'], format: 'csv' })
    const [head] = new TextDecoder().decode(made.bytes).replace('\ufeff', '').split('\r\n')
    expect(head).toBe('Groupe;Téléphone;Nom')
  })

  it('prints the rows of the page’s filters and nothing else, and counts them', async () => {
    const show = await world.make('mission_list', { list: { filter: { kind: 'show' } } })
    const listed = await world.app.ask('mission.list', { project_id: world.project, filter: { kind: 'show' } })
    expect(show.rows).toBe(listed['total'])
    const refused = await world.app.refused('document.make', { document: 'mission_list', project_id: world.project, format: 'pdf', list: { filter: { secret: 1 } } })
    expect(refused).toBe('validation.invalid')
  })

  it('says in the log who made which file with which content', async () => {
    const made = await world.make('crew_list', { format: 'csv' })
    const log = await world.app.ask('audit.list', { filter: { action: 'export.document' }, limit: 1 })
    const [event] = log['items'] as { changes: Record<string, unknown>; actor: string }[]
    expect(event?.actor).toBe(world.app.owner.user_id)
    expect(event?.changes).toMatchObject({ document: 'crew_list', format: 'csv', sha256: made.sha256, content_hash: made.content_hash })
  })

  it('reads the clock where each place is, whatever the zone of this computer', async () => {
    const before = process.env['TZ']
    const hashes: string[] = []
    try {
      for (const zone of ['Europe/Paris', 'Pacific/Auckland', 'America/Los_Angeles']) {
        process.env['TZ'] = zone
        for (const document of ['mission_list', 'assignment_list', 'sign_in_sheet', 'run_of_show'] as const) {
          const csv = await world.make(document, { format: 'csv' })
          hashes.push(`${document} ${csv.content_hash} ${csv.sha256}`)
        }
      }
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
    expect(new Set(hashes).size).toBe(4)
  })

  it('says the offset of every time on a list over the change of clocks', async () => {
    const text = textOf((await world.make('mission_list')).bytes)
    expect(text).toContain('Europe/Paris')
    expect(text).toContain('UTC+2')
    expect(text).toContain('UTC+1')
  })
})

describe('tables in files', () => {
  it.each(documentNames.filter((name) => listDocuments[name].formats?.includes('xlsx') ?? true))('%s opens as XLSX with dates as dates, and its rows come back through the import', async (document) => {
    const made = await world.make(document, { format: 'xlsx', ...(document === 'audit_extract' ? { list: { filter: { entity: 'mission' } } } : {}) })
    const book = read(made.bytes, { type: 'array', cellNF: true })
    expect(book.SheetNames.length).toBeGreaterThanOrEqual(2)
    const files = unzipSync(made.bytes)
    expect(strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain('state="frozen"')
    const back = readWorkbook(made.bytes, made.file_name, IMPORT_LIMITS)
    if (!back.ok) throw new Error(JSON.stringify(back))
    const rows = back.value.sheets.slice(0, -1).reduce((sum, sheet) => sum + sheet.rows.length - 1, 0)
    // A sign-in sheet's spare lines hold a blank; a table of facts has lines of its own.
    if (document !== 'site_sheet' && document !== 'sign_in_sheet') expect(rows).toBe(made.rows)
    if (document === 'mission_list') {
      const sheet = book.Sheets[book.SheetNames[0] ?? '']
      expect(sheet?.['A2']).toMatchObject({ t: 'n', z: 'yyyy-mm-dd' })
      const text = back.value.sheets[0]?.rows[1] ?? []
      expect(text[0]).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })

  it('makes no formula of a text, keeps numbers numbers, and parts by the language', async () => {
    const fr = new TextDecoder('utf-8', { ignoreBOM: true }).decode((await world.make('run_of_show', { format: 'csv', language: 'fr' })).bytes)
    expect(fr.startsWith('\ufeff')).toBe(true)
    expect(fr).toContain(";'=Noir salle;")
    expect(fr).toContain(";'-18 dB;")
    const en = new TextDecoder().decode((await world.make('run_of_show', { format: 'csv', language: 'en' })).bytes)
    expect(en.split('\r\n')[0]).toContain('Clock,')
    const sheet = read((await world.make('run_of_show', { format: 'xlsx' })).bytes, { type: 'array' })
    for (const name of sheet.SheetNames) for (const cell of Object.values(sheet.Sheets[name] ?? {})) expect(typeof cell === 'object' && cell !== null && 'f' in cell).toBe(false)
  })

  it('has the same hash whatever the format, and the same bytes for the same content', async () => {
    const [pdf, csv, again] = [await world.make('crew_list'), await world.make('crew_list', { format: 'csv' }), await world.make('crew_list', { format: 'csv' })]
    expect(csv.content_hash).toBe(pdf.content_hash)
    expect(again.sha256).toBe(csv.sha256)
  })
})

describe('the clock of a run of show', () => {
  it('follows from the line before, and a banner takes no time', async () => {
    const text = new TextDecoder().decode((await world.make('run_of_show', { format: 'csv', language: 'en' })).bytes)
    const running = text.split('\r\n').slice(1).map((line) => line.split(',')[2])
    expect(running.slice(0, 4)).toEqual(['0:00:00', '0:30:00', '', '0:30:12'])
  })
})
