/** What is drawn of a contract: plain data, nothing is left to ask. */
import type { ContractFacts } from '../../domain/contracts/facts.ts'
import type { WrittenContract } from '../../domain/contracts/template.ts'
import type { Instant } from '../../kernel/instants.ts'

export interface PaperSignature {
  name: string
  at: Instant
  method: 'paper' | 'screen'
  image_sha256: string | null
  device: string
}

export interface ContractPaper {
  facts: ContractFacts
  written: WrittenContract
  /** `preview`: a watermark, no number, nothing to sign. */
  variant: 'preview' | 'contract'
  /** 1, then its amendments. */
  number: number
  /** Of the frozen content; null: it is not frozen. */
  content_hash: string | null
  /** When what is printed was frozen, or now. The only instant in the file. */
  made_at: Instant
  signatures: { house: PaperSignature | null; other: PaperSignature | null }
  demo: boolean
}

export interface ContractDrawing {
  /** Bytes of signatures by their content hash. */
  images?: Readonly<Record<string, Uint8Array>>
}
