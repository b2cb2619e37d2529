import { createPublicKey, verify } from 'node:crypto'

/** Ed25519, key as base64 of its SPKI DER, signature as base64. False too for a key that is none. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    const read = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    return read.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), read, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
