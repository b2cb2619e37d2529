/**
 * Secrets of this device (server tokens, device keys), kept out of the data files. The system's keychain protects them where there is
 * one (main/electron/keychain.ts); elsewhere a file sealed with a key derived from a passphrase. Hosts show which of the two is used.
 */
import * as crypto from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { argon2id, USUAL_COST } from '../../shared/kernel/argon2id.ts'
import { failure, success, type Result } from '../../shared/kernel/result.ts'

export interface SecretStore {
  /** `file`: readable by this account only (secret-file.ts). */
  readonly protection: 'keychain' | 'passphrase' | 'file'
  /** Null when no secret has this name. */
  read(name: string): Promise<string | null>
  write(name: string, secret: string): Promise<void>
  /** Removing twice succeeds. */
  remove(name: string): Promise<void>
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Entry that any right passphrase opens; its name cannot be asked for. */
const PROOF = ''

const Sealed = z.object({ nonce: z.string(), sealed: z.string() })
type Sealed = z.infer<typeof Sealed>
const SecretFile = z.object({
  format: z.literal(1),
  kdf: z.object({ name: z.literal('argon2id'), memory_kib: z.number(), passes: z.number(), lanes: z.number(), salt: z.string() }),
  secrets: z.record(z.string(), Sealed),
})
type SecretFile = z.infer<typeof SecretFile>

export type PassphraseRefusal = { code: 'secrets.wrong_passphrase' | 'secrets.damaged'; message: string }

/** Opens the sealed file, or makes it for this passphrase when there is none. The file is readable by its owner only (0600). */
export async function openPassphraseSecrets(file: string, passphrase: string): Promise<Result<SecretStore, PassphraseRefusal>> {
  const present = await readSecretFile(file)
  if (present === 'damaged') return failure({ code: 'secrets.damaged', message: 'The file of secrets cannot be read.' })
  const content: SecretFile = present ?? newSecretFile()
  const key = deriveKey(passphrase, content.kdf)
  const proof = content.secrets[PROOF]
  if (proof === undefined) {
    content.secrets[PROOF] = seal(key, PROOF, 'callboard')
    await writeSecretFile(file, content)
  } else if (unseal(key, PROOF, proof) === null) {
    return failure({ code: 'secrets.wrong_passphrase', message: 'This is not the passphrase of the stored secrets.' })
  }
  return success({
    protection: 'passphrase',
    read: async (name) => {
      const entry = content.secrets[entryName(name)]
      return entry === undefined ? null : unseal(key, name, entry)
    },
    write: async (name, secret) => {
      content.secrets[entryName(name)] = seal(key, name, secret)
      await writeSecretFile(file, content)
    },
    remove: async (name) => {
      delete content.secrets[entryName(name)]
      await writeSecretFile(file, content)
    },
  })
}

function entryName(name: string): string {
  if (name === PROOF) throw new Error('a secret needs a name')
  return name
}

function newSecretFile(): SecretFile {
  return { format: 1, kdf: { name: 'argon2id', ...USUAL_COST, salt: crypto.randomBytes(16).toString('base64') }, secrets: {} }
}

async function readSecretFile(file: string): Promise<SecretFile | 'damaged' | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  try {
    return SecretFile.parse(JSON.parse(text))
  } catch {
    return 'damaged'
  }
}

/** Whole or not at all: a crash leaves the former file. */
async function writeSecretFile(file: string, content: SecretFile): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.next`
  await writeFile(next, JSON.stringify(content), { mode: 0o600, flush: true })
  await rename(next, file)
}

function deriveKey(passphrase: string, { salt, memory_kib, passes, lanes }: SecretFile['kdf']): Uint8Array {
  return argon2id(passphrase, Buffer.from(salt, 'base64'), { memory_kib, passes, lanes }, KEY_BYTES)
}

/** The name is authenticated with the secret, so that two entries cannot be exchanged. */
function seal(key: Uint8Array, name: string, secret: string): Sealed {
  const nonce = crypto.randomBytes(NONCE_BYTES)
  const cipher = crypto.createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

function unseal(key: Uint8Array, name: string, entry: Sealed): string | null {
  const bytes = Buffer.from(entry.sealed, 'base64')
  const decipher = crypto.createDecipheriv('aes-256-gcm', key, Buffer.from(entry.nonce, 'base64'))
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
