import { entity, f, optional } from '../entity.ts'

/** What is kept sealed of a person. */
export const vaultKinds = ['nir', 'iban', 'bic'] as const
export type VaultKind = (typeof vaultKinds)[number]

/**
 * One number of one person, as cipher text only: no digits, no digest beside it (a number of thirteen digits is guessed from its digest).
 * The key is in no file of the organization. Rows are on devices of those who hold `pii:read`, nowhere else.
 */
export const vaultItem = entity({
  name: 'vault_item',
  scope: 'organization',
  fields: {
    collaborator_id: f.id('collaborator'),
    kind: f.oneOf(vaultKinds),
    /** See main/host/vault/cipher.ts. */
    cipher: f.pattern(/^[A-Za-z0-9_-]{60,4000}$/, { personal: true, readable: 'pii:read' }),
    /** Which of the organization's keys sealed it: they are counted from 1. */
    key_round: f.integer(1, 9999),
  },
  units: [['cipher', 'key_round']],
  unique: [['collaborator_id', 'kind']],
  owner: 'collaborator_id',
})

/** Papers by which people say who they are, and that they may work here. */
export const paperKinds = ['identity_card', 'passport', 'residence_permit', 'work_permit'] as const
export type PaperKind = (typeof paperKinds)[number]

/**
 * An identity paper: its pages are a file of cipher text (main/host/vault/paper-cipher.ts), their name and type inside. What kind it is and when
 * it ends are read by who draws contracts up, for nobody may be employed beyond; the file is named, fetched and opened by who holds
 * `pii:read` only.
 */
export const identityPaper = entity({
  name: 'identity_paper',
  scope: 'organization',
  fields: {
    collaborator_id: f.id('collaborator'),
    kind: f.oneOf(paperKinds),
    /** Last day; null: it says none. */
    expires_on: optional(f.date({ personal: true })),
    /** Of the cipher text; null: the paper was taken away, or the person erased, and nothing names its file any more. */
    sha256: optional(f.pattern(/^[0-9a-f]{64}$/, { personal: true, readable: 'pii:read' })),
    /** Bytes of the cipher text. */
    size: f.integer(0, 16 * 1024 * 1024),
    key_round: f.integer(1, 9999),
  },
  units: [['sha256', 'size', 'key_round']],
  owner: 'collaborator_id',
})
