/**
 * The line between a serving computer and one guest, on a network where nobody vouches for anybody. The host's key is made for the occasion;
 * the code on its screen is that key's digest, so that whoever typed it knows whom they talk to. The key itself is told only to who proves
 * to know the code. From there on all is sealed, each way under its own key, and no message counts twice.
 *
 * A code has 12 letters of 29 (58 bits), each guess of which costs a stretched digest: not to be found within an event.
 */
import { createCipheriv, createDecipheriv, createHmac, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, pbkdf2Sync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import { codeAlphabet, normalCode } from '../../../shared/domain/organization/invitation-code.ts'

const LETTERS = 12
const ROUNDS = 60_000
const NONCE = 12
const TAG = 16
const NAME = 'callboard venue 1'

export interface LineKey {
  /** SPKI DER. */
  publicBytes: Buffer
  privateKey: KeyObject
}
export function drawLineKey(): LineKey {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return { publicBytes: publicKey.export({ format: 'der', type: 'spki' }), privateKey }
}

/** `K7QM-2XPB-9RTA`: drawn evenly from a stretched digest of the key. */
export function codeOf(publicBytes: Uint8Array): string {
  const bytes = pbkdf2Sync(publicBytes, `${NAME} code`, ROUNDS, 64, 'sha256')
  const letters: string[] = []
  for (const byte of bytes) if (byte < 232 && letters.length < LETTERS) letters.push(codeAlphabet[byte % 29] ?? '')
  return normalCode(letters.join(''))
}
/** What both sides make of a code: proves that one knows it, and seals the host's key. */
export const secretOfCode = (code: string): Buffer => pbkdf2Sync(normalCode(code), `${NAME} proof`, ROUNDS, 32, 'sha256')

const digest = (secret: Uint8Array, ...parts: (Uint8Array | string)[]): Buffer => {
  const mac = createHmac('sha256', secret)
  for (const part of parts) {
    const bytes = Buffer.from(part)
    mac.update(Buffer.from([bytes.length >>> 8, bytes.length & 255])).update(bytes)
  }
  return mac.digest()
}
export const proofOf = (secret: Uint8Array, guestKey: Uint8Array, salt: Uint8Array): Buffer => digest(secret, 'guest', guestKey, salt)
export const isProof = (given: Uint8Array, secret: Uint8Array, guestKey: Uint8Array, salt: Uint8Array): boolean => given.byteLength === 32 && timingSafeEqual(given, proofOf(secret, guestKey, salt))

export function seal(key: Uint8Array, nonce: Uint8Array, about: string, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(about))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
/** Null: not sealed with this key for this. */
export function unseal(key: Uint8Array, nonce: Uint8Array, about: string, sealed: Uint8Array): Buffer | null {
  if (sealed.byteLength < TAG) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAAD(Buffer.from(about))
  decipher.setAuthTag(sealed.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()])
  } catch {
    return null
  }
}

/** The host's key as it is told to who knows the code; drawn anew for each. */
export function sealHostKey(secret: Uint8Array, hostKey: Uint8Array, guestKey: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE)
  return Buffer.concat([nonce, seal(digest(secret, 'host key', guestKey), nonce, NAME, hostKey)])
}
export const openHostKey = (secret: Uint8Array, sealed: Uint8Array, guestKey: Uint8Array): Buffer | null => unseal(digest(secret, 'host key', guestKey), sealed.subarray(0, NONCE), NAME, sealed.subarray(NONCE))

export type Side = 'guest' | 'host'
export interface SealedLine {
  /** What both sides sign to prove who they are on this line. */
  readonly transcript: string
  seal(plain: Uint8Array, counter: number): Buffer
  /** Null: not sealed by the other side on this line with this counter. */
  open(sealed: Uint8Array, counter: number): Buffer | null
}

/** Throws on a key that is none. */
export function openLine(side: Side, own: LineKey, other: Uint8Array, secret: Uint8Array, salt: Uint8Array): SealedLine {
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: createPublicKey({ key: Buffer.from(other), format: 'der', type: 'spki' }) })
  const [hostKey, guestKey] = side === 'host' ? [own.publicBytes, other] : [other, own.publicBytes]
  const transcript = digest(secret, 'line', hostKey, guestKey, salt).toString('hex')
  const keys = Buffer.from(hkdfSync('sha256', shared, salt, `${NAME} ${transcript}`, 64))
  const keyOf = (from: Side): Buffer => (from === 'guest' ? keys.subarray(0, 32) : keys.subarray(32))
  const nonceOf = (counter: number): Buffer => {
    const nonce = Buffer.alloc(NONCE)
    nonce.writeBigUInt64BE(BigInt(counter), 4)
    return nonce
  }
  return {
    transcript,
    seal: (plain, counter) => seal(keyOf(side), nonceOf(counter), `${transcript} ${side}`, plain),
    open: (sealed, counter) => {
      const from = side === 'host' ? 'guest' : 'host'
      return unseal(keyOf(from), nonceOf(counter), `${transcript} ${from}`, sealed)
    },
  }
}
