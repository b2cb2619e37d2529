/** Signed by the organization's key, which a backup keeps: what a server answered can be proved to it after a restore (sync rule 30). */
import { timingSafeEqual } from 'node:crypto'
import { canonicalJson, hmacSha256 } from '../../kernel/hashing.ts'
import { bytesOf, type Receipt, type WireCommand } from '../wire.ts'

type Said = Omit<Receipt, 'signature'>

/**
 * What the log keeps of a command's bytes: that it was these, told only by whoever has the key (personal values are in them). A receipt is
 * over it, so that it holds for no other command.
 */
export const contentOf = (key: string, command: WireCommand): string => hmacSha256(key, `command ${bytesOf(command)}`).toString('hex')

const signatureOf = (key: string, content: string, { command_id, epoch, seq, outcome }: Said): Buffer => hmacSha256(key, `receipt ${canonicalJson({ command_id, epoch, seq, outcome, content })}`)

/** `content`: as the log has it (`payload_hash`). */
export function receiptOf(key: string, content: string, said: Said): Receipt {
  const { command_id, epoch, seq, outcome } = said
  return { command_id, epoch, seq, outcome, signature: signatureOf(key, content, said).toString('hex') }
}

/** Whether this organization's key has signed it, for this very command. */
export function isGenuine(key: string, receipt: Receipt, command: WireCommand): boolean {
  if (receipt.command_id !== command.id) return false
  const wanted = signatureOf(key, contentOf(key, command), receipt)
  const given = Buffer.from(receipt.signature, 'hex')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
