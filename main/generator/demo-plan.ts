/** The plan of the hall: drawn here, so that the demonstration needs no file of anybody's. */
import { crc32, deflateSync } from 'node:zlib'

export const planWidth = 960
export const planHeight = 600

const PALETTE = [0xff, 0xff, 0xff, 0xd6, 0xe6, 0xf2, 0xee, 0xf0, 0xf2, 0x3b, 0x44, 0x50, 0xc9, 0xce, 0xd4, 0xf3, 0xe3, 0xc4] as const
type Ink = 'paper' | 'water' | 'floor' | 'wall' | 'seats' | 'stage'
const inks: readonly Ink[] = ['paper', 'water', 'floor', 'wall', 'seats', 'stage']

/** Quay to the north, hall in the middle, seats before the stage, car park to the east. */
function drawn(): Uint8Array {
  const pixels = new Uint8Array(planWidth * planHeight)
  const fill = (ink: Ink, x: number, y: number, width: number, height: number): void => {
    for (let row = y; row < y + height; row++) pixels.fill(inks.indexOf(ink), row * planWidth + x, row * planWidth + x + width)
  }
  fill('water', 0, 0, planWidth, 90)
  fill('wall', 0, 90, planWidth, 4)
  fill('wall', 120, 140, 620, 400)
  fill('floor', 128, 148, 604, 384)
  fill('stage', 160, 180, 200, 320)
  for (let row = 0; row < 9; row++) for (const [y, height] of [[190, 140], [350, 140]] as const) fill('seats', 400 + row * 28, y, 16, height)
  // Doors: dock to the north, crew to the west, public to the south.
  fill('floor', 220, 140, 90, 8)
  fill('floor', 120, 320, 8, 50)
  fill('floor', 480, 532, 120, 8)
  fill('seats', 790, 180, 130, 320)
  for (let place = 0; place < 8; place++) fill('paper', 794, 184 + place * 40, 122, 34)
  return pixels
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(12 + content.byteLength)
  bytes.writeUInt32BE(content.byteLength, 0)
  bytes.write(name, 4, 'latin1')
  bytes.set(content, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.byteLength)), 8 + content.byteLength)
  return bytes
}

/** A PNG of 960 by 600 pixels, one byte a pixel (ISO/IEC 15948). */
export function planImage(): Uint8Array {
  const pixels = drawn()
  const rows = new Uint8Array((planWidth + 1) * planHeight)
  for (let row = 0; row < planHeight; row++) rows.set(pixels.subarray(row * planWidth, (row + 1) * planWidth), row * (planWidth + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(planWidth, 0)
  head.writeUInt32BE(planHeight, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', Uint8Array.from(PALETTE)), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())])
}
