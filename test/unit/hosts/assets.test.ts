import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findAsset, pathInside } from '../../../main/bridge/assets.ts'

const folder = mkdtempSync(join(tmpdir(), 'callboard-assets-'))
const root = join(folder, 'renderer')

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'assets', 'index-1a2b.js'), 'page()')
  writeFileSync(join(root, 'key.pem'), 'not a file of the page')
  writeFileSync(join(folder, 'secret.txt'), 'outside')
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 200 }))

describe('the files of the page', () => {
  it('answers a script with its type and lets browsers keep it', async () => {
    expect(await findAsset(root, '/assets/index-1a2b.js')).toMatchObject({ contentType: 'text/javascript; charset=utf-8', immutable: true, size: 6 })
  })

  it.each(['/', '/missions', '/projects/9/sheets'])('answers the entry page for the address of a page, %s, and lets nobody keep it', async (address) => {
    expect(await findAsset(root, address)).toMatchObject({ file: join(root, 'index.html'), immutable: false })
  })

  it.each(['/assets/gone.js', '/key.pem', '/assets/..%2f..%2fsecret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/..\\secret.txt', '/%00.js', '/%zz.js'])(
    'answers nothing for %s',
    async (address) => {
      expect(await findAsset(root, address)).toBeNull()
    },
  )

  it('never leads outside the folder, whatever the address', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '/', '\\', '%00', 'C:', '~', '....'), fc.string({ maxLength: 6 }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const found = pathInside(root, `/${parts.join('/')}`)
        if (found === null) return
        const inside = relative(root, found)
        expect(inside.startsWith('..') || isAbsolute(inside)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})
