import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, FuseState, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { ask } from './support/ask.ts'
import { openPackaged, packagedProgram } from './support/packaged-host.ts'
import { projectFolder } from './support/program.ts'

test.describe('the package', () => {
  test('cannot be run as Node, debugged by switches or made to load other code', async () => {
    const fuses = await getCurrentFuseWire(packagedProgram)
    expect(fuses[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE)
    expect(fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(FuseState.DISABLE)
    expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.DISABLE)
    expect(fuses[FuseV1Options.EnableCookieEncryption]).toBe(FuseState.ENABLE)
    expect(fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(FuseState.ENABLE)
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE)
  })

  test('carries the bundles and the database binding, no sources, no tests, no other Node', () => {
    const files = listPackage(join(projectFolder, 'release', 'linux-unpacked', 'resources', 'app.asar'), { isPack: false })
    for (const thread of ['core-worker', 'upkeep-thread', 'printing-thread']) expect(files).toContain(`/dist/electron/${thread}.cjs`)
    expect(files).toContain(`/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`)
    expect(files.filter((file) => /\.tsx?$|\/test\/|node-linux|\/electron-builder/.test(file))).toEqual([])
  })

  test('draws a sheet, makes a backup and checks the file in its threads', async () => {
    const data = mkdtempSync(join(tmpdir(), 'callboard-packaged-threads-'))
    const app = await openPackaged(data)
    try {
      await app.page.locator('main h1').first().waitFor()
      await ask(app.page, 'app.first_run', { name: 'Léa Marchand', email: 'lea.marchand@example.org', password: 'une longue phrase', language: 'fr', theme: 'light' })
      const { id: org } = await ask<{ id: string }>(app.page, 'demo.open', {})
      const sheets = await ask<{ items: { id: string }[] }>(app.page, 'sheet.list', { limit: 1 }, org)
      const { revisions } = await ask<{ revisions: { id: string }[] }>(app.page, 'sheet.get', { id: sheets.items[0]?.id }, org)
      const { base64 } = await ask<{ base64: string }>(app.page, 'sheet.pdf', { revision_id: revisions[0]?.id }, org)
      expect(Buffer.from(base64, 'base64').subarray(0, 5).toString('latin1')).toBe('%PDF-')
      const made = await ask<{ name: string; bytes: number }>(app.page, 'backup.create', {}, org)
      expect(made.bytes).toBeGreaterThan(100_000)
      expect(await ask(app.page, 'storage.check', {}, org)).toMatchObject({ whole: true })
      const { items } = await ask<{ items: { name: string }[] }>(app.page, 'backup.list', {}, org)
      expect(items.map(({ name }) => name)).toContain(made.name)
    } finally {
      await app.close()
      rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  })
})
