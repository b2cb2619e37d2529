/** Lines in a compressed file: written to the disk before it has its name, read with the memory of one chunk. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip, createGzip } from 'node:zlib'
import { fromSystem } from '../../shared/store/engine.ts'
import { syncToDisk } from '../../shared/store/organization-file.ts'

const CHUNK = 64 * 1024

async function* chunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  for await (const line of lines) {
    text += `${line}\n`
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

/** Throws StoreError (full, read_only) or what the lines threw; leaves nothing then. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  const part = `${path}.part`
  try {
    await pipeline(Readable.from(chunks(lines)), createGzip(), createWriteStream(part))
    syncToDisk(part)
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw fromSystem(error)
  }
}

/** Throws the system's error, or zlib's for a file that was cut. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const source = createReadStream(path)
  const text = source.pipe(createGunzip())
  // An error of the disk ends the reading.
  source.on('error', (error) => text.destroy(error))
  const decoder = new StringDecoder('utf8')
  let rest = ''
  try {
    for await (const chunk of text) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    if (rest !== '') yield rest
  } finally {
    source.destroy()
    text.destroy()
  }
}

export interface Digested {
  bytes: number
  sha256: string
}
export async function digestOf(path: string): Promise<Digested> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return { bytes: statSync(path).size, sha256: hash.digest('hex') }
}
