import { describe, expect, it } from 'vitest'
import { renderRunSheetPdf } from '../../../shared/documents/run-sheet/render.ts'
import type { SheetIssue } from '../../../shared/domain/runsheets/snapshot.ts'
import { stageDay } from '../../fixtures/sheets/stage-day.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

/** A PNG of one black point. */
const point = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64')
const at = '2026-10-23T10:00:00.000Z' as Instant
const issue: SheetIssue = { version: 1, device_code: null, state: 'draft', published_at: null, generated_at: at, content_hash: 'test', superseded_by: null, replaces: null, demo: false }

describe('the head of a sheet', () => {
  it('bears the organization’s logo, with its name for those who cannot see it; a file that is no picture is left out', async () => {
    const plain = await renderRunSheetPdf(stageDay, issue)
    const branded = await renderRunSheetPdf(stageDay, issue, { logo_image: new Uint8Array(point), brand_line: 'Licence PLATESV-R-2026-000123' })
    expect(Buffer.from(plain).includes('/Subtype /Image')).toBe(false)
    expect(Buffer.from(branded).includes('/Subtype /Image')).toBe(true)
    expect(Buffer.from(await renderRunSheetPdf(stageDay, issue, { logo_image: new Uint8Array([1, 2, 3]) })).equals(Buffer.from(plain))).toBe(true)
  }, 30_000)
})
