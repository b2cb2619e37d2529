import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pinnedPicture, planImage } from '../../../shared/documents/pdf/plan-image.ts'
import { imageHead } from '../../../shared/kernel/images.ts'
import { layOut } from '../../../shared/documents/pdf/printer.ts'
import { openTestOrganization } from '../../fixtures/core.ts'

const crcTable = Array.from({ length: 256 }, (_, byte) => { let value = byte; for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1; return value >>> 0 })
const crc = (bytes: Uint8Array): number => (bytes.reduce((value, byte) => (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0
function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(crc(named))
  return Buffer.concat([head, named, tail])
}
/** A grey PNG. */
function png(width: number, height: number, data = deflateSync(Buffer.alloc((width + 1) * height, 0xdd)), colour = 0): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, colour, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

describe('the head of an image', () => {
  it('says the size of a PNG and of a JPEG whatever stands before the frame', () => {
    expect(imageHead(png(40, 30))).toEqual({ type: 'png', width: 40, height: 30 })
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44, 3, 0, 0, 0, 0])
    expect(imageHead(jpeg)).toEqual({ type: 'jpeg', width: 300, height: 200 })
  })
  it('knows nothing of other files, of names of images, of heads cut short', () => {
    for (const bytes of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), png(4, 4).subarray(0, 20), png(0, 9), Buffer.from([0xff, 0xd8]), Buffer.alloc(0)]) expect(imageHead(bytes)).toBeNull()
  })
})

/** A JPEG of 4 by 3 pixels, whose frame is all that the printer reads. */
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 3, 0, 4, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xd9])
const words = { alt: 'Plan', missing: 'Le plan est absent.', unreadable: 'Le plan est illisible.' }
const pins = [{ letter: 'E', label: 'entrée équipe', x: 0.5, y: 0.5 }, { letter: '+', label: 'défibrillateur' }]
const drawn = async (bytes: Uint8Array | null, width = 180): Promise<{ content: string; pictures: number }> => {
  const node = planImage(bytes, pins, width, words)
  const job = {
    content: { stack: [node] }, header: () => null, footer: () => null, background: () => null, margins: [20, 20, 20, 20] as [number, number, number, number], style: { font: 'Inter', fontSize: 9 },
    language: 'fr', createdAt: new Date(0), title: 'Plan', author: 'Compagnie', subject: 'essai',
  }
  const content = JSON.stringify(node)
  return { content, pictures: Buffer.from(await layOut(job).write()).toString('latin1').split('/Subtype /Image').length - 1 }
}

describe('a plan with its list', () => {
  it('draws a PNG and a JPEG with their pins, the list beside where there is room and under it in a column', async () => {
    for (const bytes of [png(40, 30), jpeg]) expect(await drawn(bytes)).toMatchObject({ pictures: 1, content: expect.stringContaining('entrée équipe') })
    expect(planImage(png(40, 30), pins, 180, words).stack).toHaveLength(2)
    expect(planImage(png(40, 30), pins, 480, words).columns).toHaveLength(2)
  })

  it('keeps the list and says why when the file is not here, is another type, or is damaged', async () => {
    expect(await drawn(null)).toMatchObject({ pictures: 0, content: expect.stringContaining(words.missing) })
    const broken = [
      Buffer.from('%PDF-1.7'), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), png(40, 30, Buffer.from('nothing of zlib')), png(40, 30, Buffer.from('nothing of zlib'), 6),
      png(40, 30, deflateSync(Buffer.alloc(10)), 6), png(40, 30).subarray(0, 50),
    ]
    for (const bytes of broken) {
      const { content, pictures } = await drawn(bytes)
      expect([pictures, content.includes(words.unreadable), content.includes('entrée équipe')]).toEqual([0, true, true])
    }
  })
})

describe('the plan on a sheet', () => {
  it('carries the pins that stand on it, whole at its very edges too', () => {
    const picture = pinnedPicture({ bytes: png(4, 4), type: 'png' }, { width: 100, height: 50 }, [{ letter: 'E', x: 0.5, y: 0.5 }, { letter: 'R', x: 0, y: 1 }, { letter: 'B' }])
    expect(picture.match(/translate\([^)]*\)/g)).toEqual(['translate(44 19)', 'translate(1 37)'])
    expect(picture).toContain('>E<')
    expect(picture).not.toContain('>B<')
  })

  it('is printed from the place, the same bytes each time, and leaves the list when the image is not here', async () => {
    const app = await openTestOrganization({ steady: true })
    const project = await app.ask('project.create', { code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' })
    const place = await app.ask('location.create', { name: 'Grande Halle', zone: 'Europe/Paris', plan_sha256: 'a'.repeat(64), pins: [{ letter: 'E', label: 'entrée équipe', latitude: null, longitude: null, x: 0.25, y: 0.75 }] })
    const mission = await app.ask('mission.create', { project_id: project['id'], title: 'Jeu', location_id: place['id'], zone: 'Europe/Paris', start_at: '2026-10-24T12:00:00.000Z', end_at: '2026-10-24T22:00:00.000Z' })
    const sheet = await app.ask('sheet.prepare', { mission_id: mission['id'] })
    const preview = await app.ask('sheet.preview', { revision_id: sheet['revision_id'] })
    expect(preview['snapshot']).toMatchObject({ location: { plan_sha256: 'a'.repeat(64), pins: [{ letter: 'E', x: 0.25, y: 0.75 }] } })
    const bare = await app.ask('sheet.pdf', { revision_id: sheet['revision_id'] })
    app.blobs.set('a'.repeat(64), png(400, 300))
    const pinned = await app.ask('sheet.pdf', { revision_id: sheet['revision_id'] })
    const size = (answer: Record<string, unknown>): number => Buffer.from(String(answer['base64']), 'base64').toString('latin1').split('/Subtype /Image').length - 1
    expect([size(bare), size(pinned)]).toEqual([0, 1])
    expect((await app.ask('sheet.pdf', { revision_id: sheet['revision_id'] }))['base64']).toBe(pinned['base64'])
    await app.close()
  })
})
