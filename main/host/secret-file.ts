/**
 * Secrets of this device where no keychain can be asked (the web host, a terminal, Linux without a keyring): a file beside app.sqlite that
 * only its owner may read. Whoever reads this account's files reads them; the state of sync says so.
 */
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { fromSystem } from '../../shared/store/engine.ts'
import type { SecretStore } from './secret-store.ts'

const Secrets = z.record(z.string(), z.string())

/** A file that cannot be read is put aside, never written over: its sessions are asked for again. */
export function openSecretFile(file: string, now: () => string): SecretStore {
  function readAll(): Record<string, string> {
    if (!existsSync(file)) return {}
    try {
      return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) {
        renameSync(file, `${file}.unreadable-${now().replace(/[:.]/g, '-')}`)
        return {}
      }
      throw fromSystem(error)
    }
  }
  function change(edit: (all: Record<string, string>) => void): void {
    const all = readAll()
    edit(all)
    try {
      writeFileSync(`${file}.next`, JSON.stringify(all), { mode: 0o600, flush: true })
      chmodSync(`${file}.next`, 0o600)
      renameSync(`${file}.next`, file)
    } catch (error) {
      throw fromSystem(error)
    }
  }
  return {
    protection: 'file',
    read: (name) => Promise.resolve().then(() => readAll()[name] ?? null),
    write: (name, secret) => Promise.resolve().then(() => change((all) => void (all[name] = secret))),
    remove: (name) => Promise.resolve().then(() => change((all) => void delete all[name])),
  }
}
