/** What a computer can say of prints: sign them, know who else signs, and how old its knowledge is. A host has it; a core alone does not. */
import type { Instant } from '../kernel/instants.ts'

export interface PrintMarks {
  /** By the person's key on this computer. Keys: base64 of the SPKI DER; signature: Ed25519, base64. Null: nothing is signed here. */
  sign(user: string, text: string): Promise<{ key: string; signature: string } | null>
  /** Keys of the computers known here, this one's among them. */
  keys(): Promise<string[]>
  /** `alone`: no server is followed, nothing happens elsewhere. `at`: until when what this person has here is known to be all. */
  knowledge(user: string): Promise<{ alone: boolean; at: Instant | null }>
}
