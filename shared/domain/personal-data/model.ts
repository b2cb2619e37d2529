import { entity, f } from '../entity.ts'

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
