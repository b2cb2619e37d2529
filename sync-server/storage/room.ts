/**
 * Whether there is room to write, on a disk that takes it: a server that can only read is said to be unfit (readiness), and is fit again as soon
 * as a write goes through. Known from the folder of the data, and from writes that were refused: a database may lie on another computer, quotas
 * hide from a folder, and a broken disk says nothing of itself.
 */
import { statfs } from 'node:fs/promises'
import type { Engine } from '../../shared/store/engine.ts'
import { fromSystem, StoreError } from '../../shared/store/engine.ts'

export interface Room {
  /** A write was refused by the storage. */
  refused(): void
  /** `bytes`: free in the folder of the data, for this process; null: the system does not say. */
  look(): Promise<{ left: boolean; bytes: number | null }>
}

/** Below this a commit may fail at any time: the log beside a database grows by as much before it is written back. */
export const LEAST_ROOM_BYTES = 4 * 1024 * 1024
const TRIED_BYTES = 64 * 1024

export function openRoom(folder: string, accounts: Engine, random: (bytes: number) => Uint8Array): Room {
  let isFull = false
  async function free(): Promise<number | null> {
    try {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    } catch {
      return null
    }
  }
  /** Written and taken away again: what was refused once is believed over until a write goes through. */
  async function canWrite(): Promise<boolean> {
    try {
      await accounts.transaction(() => accounts.run('INSERT INTO server_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', ['room', Buffer.from(random(TRIED_BYTES / 2)).toString('hex')]))
      await accounts.transaction(() => accounts.run('DELETE FROM server_setting WHERE name = ?', ['room']))
      return true
    } catch (error) {
      const known = fromSystem(error)
      if (known instanceof StoreError) return false
      throw error
    }
  }
  return {
    refused() {
      isFull = true
    },
    async look() {
      const bytes = await free()
      const spare = bytes === null || bytes >= LEAST_ROOM_BYTES
      if (spare && isFull) isFull = !(await canWrite())
      return { left: spare && !isFull, bytes }
    },
  }
}
