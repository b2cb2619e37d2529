/** The organizations the benches live in: a small one made on the spot, and whole profiles, kept between runs of the same code. */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from '../../main/generator/generate.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
/** What decides the bytes of a generated file. */
const sources = ['main/generator', 'shared/kernel', 'shared/domain', 'shared/core', 'shared/store']

export function digestOfSources(): string {
  const hash = createHash('sha256')
  for (const folder of sources)
    for (const name of readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.ts')).sort()) hash.update(name).update(readFileSync(join(project, folder, name)))
  return hash.digest('hex').slice(0, 16)
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'callboard-bench-'))

/** An organization of a profile in a folder of its own, which the caller may write in; says how long making it took, or null when it was kept. */
export async function openProfile(profile: 'XL' | 'planning', folder: string, say: (text: string) => void): Promise<{ app: TestOrganization; file: string; generatedMs: number | null }> {
  const seed = `bench-${profile.toLowerCase()}`
  const kept = join(tmpdir(), `callboard-${seed}`)
  const file = join(kept, `${digestOfSources()}.sqlite`)
  let generatedMs: number | null = null
  if (!existsSync(file)) {
    rmSync(kept, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    mkdirSync(kept, { recursive: true })
    say(`making the ${profile} organization (once for this code)`)
    const making = temporaryFolder()
    const app = await openTestOrganization({ folder: making, found: false, seed })
    const start = performance.now()
    await generate({ core: app.core, session: app.owner, profile, seed, found: true })
    generatedMs = performance.now() - start
    await app.file.engine.all('PRAGMA wal_checkpoint(TRUNCATE)', [])
    await app.close()
    renameSync(app.path, file)
    rmSync(making, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  const probe = await openTestOrganization({ folder, found: false, seed })
  await probe.close()
  rmSync(`${probe.path}-wal`, { force: true })
  rmSync(`${probe.path}-shm`, { force: true })
  copyFileSync(file, probe.path)
  return { app: await openTestOrganization({ folder, found: false, seed }), file: probe.path, generatedMs }
}

/** Rows of a list answered by the core. */
export function itemsOf(value: Record<string, unknown>): Record<string, unknown>[] {
  const { items } = value
  return Array.isArray(items) ? items : []
}
