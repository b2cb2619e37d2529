/** The PDF says what the facts say: every mandatory mention is read back from its text, by the very list that the editor shows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractFacts } from '../../../shared/domain/contracts/facts.ts'
import { mentionsOf, unreadMentions } from '../../../shared/domain/contracts/mandatory.ts'
import { saidOf } from '../../../shared/domain/contracts/written.ts'
import { contract, contractVersion } from '../../../shared/domain/contracts/model.ts'
import { openContracted, type Contracted } from '../../fixtures/contracted.ts'
import { png } from '../../fixtures/png.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { pagesOf, poppler, textOf } from '../documents/poppler.ts'

const kinds = ['cddu', 'artist', 'vendor', 'client'] as const
const engagement = { cddu: 'cddu_technician', artist: 'cddu_artist', vendor: 'freelance' } as const

let w: Contracted
beforeAll(async () => {
  w = await openContracted({ seed: 'paper' })
})
afterAll(() => w.app.close())

const bytesOf = (file: Record<string, unknown>): Uint8Array => Buffer.from(String(file['base64']), 'base64')

/** A contract of each kind and language, complete. */
async function made(kind: (typeof kinds)[number], language: 'fr' | 'en'): Promise<{ id: string; version_id: string }> {
  const company = await w.app.ask('party.create', { kind: 'company', name: `Scènes et Structures ${kind} ${language}`, siret: '30326504500003', vat_number: 'FR40303265045', address: '9 rue des Mâts, 17000 La Rochelle' })
  if (kind === 'client') {
    const row = await w.app.ask('contract.create', { project_id: w.project, kind, party_id: company['id'], language })
    return { id: String(row['id']), version_id: String(row['version_id']) }
  }
  const person = String((await w.app.ask('collaborator.create', { display_name: 'La Baleine', first_name: 'Inès', last_name: `Morvan ${kind} ${language}`, address: '4 rue du Minage, 17000 La Rochelle', birth_date: '1985-03-14', party_id: kind === 'vendor' ? company['id'] : null }))['id'])
  const ids = [
    await w.accepted(person, w.missions[0], [6, 16], { engagement_kind: engagement[kind], ...(kind === 'artist' ? { rate_basis: 'cachet', cachets: 2 } : {}) }),
    // Over the night on which clocks go back.
    await w.accepted(person, w.missions[1], [20, 30], { engagement_kind: engagement[kind], rate_basis: 'hourly', rate_minor: 1_850 }),
  ]
  return w.generate(ids, { language })
}
const factsOf = async (id: string, version_id: string): Promise<ContractFacts> => {
  const reader = w.app.core.reader()
  const [of] = await reader.find(contract, { id })
  const [version] = await reader.find(contractVersion, { id: version_id })
  if (!of || !version) throw new Error('gone')
  return (await saidOf(reader, of, version)).facts
}

describe.each(kinds.flatMap((kind) => (['fr', 'en'] as const).map((language) => [kind, language] as const)))('the PDF of %s in %s', (kind, language) => {
  it('says every mandatory mention with the facts of the assignments, and the same bytes every time', async () => {
    const { id, version_id } = await made(kind, language)
    await w.complete(version_id, kind)
    await w.hand(version_id, 'sent')
    const file = await w.app.ask('contract.pdf', { id: version_id })
    const bytes = bytesOf(file)
    const facts = await factsOf(id, version_id)
    const text = textOf(bytes)
    expect(mentionsOf(kind).length).toBeGreaterThan(5)
    expect(unreadMentions(text, facts).map(({ key }) => key)).toEqual([])
    expect(text.replaceAll('\u2011', '-')).toContain(facts.reference)
    expect(text).not.toMatch(/À COMPLÉTER|TO BE COMPLETED|APERÇU|PREVIEW/)
    expect(file['variant']).toBe('contract')
    expect((await w.app.ask('contract.pdf', { id: version_id }))['sha256']).toBe(file['sha256'])
    expect(file['sha256']).toBe(sha256(bytes))
    expect(poppler('pdfinfo', bytes)).toMatch(/Tagged:\s+yes/)
    const fonts = poppler('pdffonts', bytes).split('\n').slice(2).filter((line) => line.trim() !== '')
    expect(fonts.every((line) => /\byes\b/.test(line))).toBe(true)
  }, 30_000)
})

describe('a preview', () => {
  it('before a yes has a watermark, no number, boxes where facts are missing, and keeps nothing', async () => {
    const id = await w.plan(w.people[3], w.missions[0], [6, 16], { rate_basis: 'daily', rate_minor: 20_000, rate_currency: 'EUR' })
    const count = async () => (await w.app.file.readEngine.all('SELECT (SELECT COUNT(*) FROM contract) + (SELECT COUNT(*) FROM contract_version) + (SELECT COUNT(*) FROM contract_document) + (SELECT COUNT(*) FROM attachment) AS n', []))[0]
    const before = await count()
    const file = await w.app.ask('contract.preview', { project_id: w.project, assignment_ids: [id] })
    const text = textOf(bytesOf(file))
    expect(file).toMatchObject({ variant: 'preview', content_hash: null })
    expect(text).toContain('À COMPLÉTER')
    expect(text).toContain('sans valeur contractuelle')
    expect(text).not.toMatch(/CDDU-2026-/)
    expect(await count()).toEqual(before)
  })
  it('of a draft shows what is typed and not saved, and no number either', async () => {
    const id = await w.accepted(w.people[2], w.missions[0], [6, 16])
    const { version_id, reference } = await w.generate([id])
    const text = textOf(bytesOf(await w.app.ask('contract.preview', { project_id: w.project, version_id, changes: { temporary_reason: 'Une tournée de trois dates.' } })))
    expect(text).toContain('Une tournée de trois dates.')
    expect(text.replaceAll('\u2011', '-')).not.toContain(reference)
    expect(await w.app.refused('contract.preview', { project_id: w.project, version_id, changes: { trial_days: -4 } })).toBe('validation.invalid')
  })
})

describe('signatures', () => {
  it('drawn on a screen are printed with their evidence, and say what they are not', async () => {
    const { version_id } = await made('cddu', 'fr')
    await w.complete(version_id)
    await w.hand(version_id, 'sent')
    const image = png(200, 60)
    const hash = sha256(image)
    w.app.blobs.set(hash, image)
    await w.app.ask('contract.sign_on_screen', { id: version_id, side: 'other', name: 'Inès Morvan', type: 'image/png', size: image.length, sha256: hash })
    await w.app.ask('contract.sign', { id: version_id, side: 'house', name: 'Léa Martin' })
    const bytes = bytesOf(await w.app.ask('contract.pdf', { id: version_id }))
    const text = textOf(bytes)
    const { content_hash } = (await w.app.file.readEngine.all('SELECT content_hash FROM contract_version WHERE id = ?', [version_id]))[0] ?? {}
    expect(text.replaceAll(' ', '')).toContain(String(content_hash))
    expect(text).toContain('pas une signature électronique qualifiée')
    expect(text).toMatch(/2026-10-20T\d\d:\d\d:\d\dZ \(UTC\)/)
    // Kept with at least the last article.
    expect(pagesOf(bytes).find((page) => page.includes('Éléments de preuve'))).toMatch(/lu et approuvé|Signé/)
  })
})
