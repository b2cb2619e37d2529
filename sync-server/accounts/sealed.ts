/** Answers kept for who asks again: under a key that they bring and that is not kept, so that who reads the database finds no token in them. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { hmacSha256 } from '../../shared/kernel/hashing.ts'

const Sealed = z.object({ iv: z.string(), tag: z.string(), text: z.string() })

/** `caller`: who may ask again; another caller's answer opens with another key. */
export function seal(key: string, caller: string, body: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', hmacSha256(key, `sealed ${caller}`), iv)
  const text = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()])
  return JSON.stringify({ iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text: text.toString('base64') })
}
export function unseal(key: string, caller: string, sealed: string): string {
  const { iv, tag, text } = Sealed.parse(JSON.parse(sealed))
  const decipher = createDecipheriv('aes-256-gcm', hmacSha256(key, `sealed ${caller}`), Buffer.from(iv, 'base64'))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8')
}
