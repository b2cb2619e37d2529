/** An organization that leaves its server: its lines become the file of an authority again, whole or not at all. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Id } from '../../kernel/ids.ts'
import { StoreError } from '../../store/engine.ts'
import { openOrganizationFile, syncToDisk, type OpenOptions } from '../../store/organization-file.ts'
import { takeFacts, type TakenFacts } from './take.ts'

/** Makes `file`, which must not exist. Rejects as takeFacts does, and leaves nothing then. */
export async function takeFactsInto(file: string, lines: AsyncIterable<string>, org: Id | null, options: OpenOptions): Promise<TakenFacts> {
  if (existsSync(file)) throw new StoreError('failed', 'exists', new Error(`there is a file at ${file} already`))
  const draft = `${file}.taking`
  const clear = (): void => {
    for (const part of [draft, `${draft}-wal`, `${draft}-shm`, `${draft}.migrating`]) rmSync(part, { force: true })
  }
  clear()
  try {
    const open = openOrganizationFile(draft, options)
    let taken: TakenFacts
    try {
      taken = await takeFacts(open.engine, lines, { org, follow: null })
    } finally {
      // The last connection that closes brings the log back into the file.
      await open.close()
    }
    syncToDisk(draft)
    renameSync(draft, file)
    syncToDisk(dirname(file))
    return taken
  } finally {
    clear()
  }
}
