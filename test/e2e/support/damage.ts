/** What a failing disk does to a closed data folder. */
import { openSync, readdirSync, closeSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Overwrites the beginning of every organization's file. The app must be closed. */
export function damageOrganizations(data: string): void {
  const folder = join(data, 'organizations')
  for (const id of readdirSync(folder)) {
    const file = openSync(join(folder, id, 'organization.sqlite'), 'r+')
    writeSync(file, Buffer.alloc(2048, 'x'), 0, 2048, 0)
    closeSync(file)
  }
}
