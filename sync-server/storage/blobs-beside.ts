/** Attached files lie under the digest of their content and never change: a second name for the same bytes is as good as a copy. */
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fromSystem } from '../../shared/store/engine.ts'

const CONTENT = /^[0-9a-f]{64}$/

/** Gives every attached file of one folder to another that lacks it; answers how many there are. Throws StoreError (full, read_only). */
export function giveBlobs(from: string, to: string): number {
  if (!existsSync(from)) return 0
  let count = 0
  for (const part of readdirSync(from, { withFileTypes: true })) {
    if (!part.isDirectory()) continue
    for (const name of readdirSync(join(from, part.name))) {
      if (!CONTENT.test(name)) continue
      count++
      const target = join(to, part.name, name)
      if (existsSync(target)) continue
      mkdirSync(join(to, part.name), { recursive: true })
      try {
        linkSync(join(from, part.name, name), target)
      } catch {
        // Another disk, or one that knows no second names.
        try {
          copyFileSync(join(from, part.name, name), target)
        } catch (error) {
          // The server cleared it meanwhile: no row had named it for a day.
          if (!existsSync(join(from, part.name, name))) {
            count--
            continue
          }
          throw fromSystem(error)
        }
      }
    }
  }
  return count
}
