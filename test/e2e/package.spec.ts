import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, FuseState, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { packagedProgram } from './support/packaged-host.ts'
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
})
