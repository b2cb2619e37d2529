import { z } from 'zod'
import { entity, f, optional, windowInvariant } from '../entity.ts'

/** How a person was told of a published plan; `hand`: paper, telephone, by whoever says so. */
export const toldHows = ['hand', 'in_app', 'email'] as const

/**
 * The plan of a project between two instants, as it stood when it was published: an immutable snapshot (decision P9). It differs from a
 * call sheet and locks nothing; what changed since is found by comparing snapshots.
 */
export const planPublication = entity({
  name: 'plan_publication',
  scope: 'project',
  fields: {
    /** A label, like a sheet's: the deciding server may give the next free one. */
    number: f.integer(1, 9999, { class: 'authority' }),
    start_at: f.instant(),
    end_at: f.instant(),
    zone: f.zone(),
    note: optional(f.text(500)),
    published_at: f.instant({ class: 'derived' }),
    published_by: f.text(60, { class: 'derived' }),
    content_hash: f.text(20, { class: 'derived' }),
    /** Holds names: in the audit by digest only. */
    snapshot: f.json(z.record(z.string(), z.unknown()), { class: 'derived', personal: true, readable: 'project:read' }),
  },
  unique: [['project_id', 'number']],
  invariants: windowInvariant('start_at', 'end_at'),
  frozen: (_, changed) => (changed !== 'part' && changed.some((field) => field !== 'number') ? 'plan_publication.frozen' : null),
})

/** What one published plan changed for one person, and whether they were told. */
export const planNotice = entity({
  name: 'plan_notice',
  scope: 'project',
  fields: {
    publication_id: f.id('plan_publication'),
    collaborator_id: f.id('collaborator'),
    /** Lines added, removed, moved for this person since the last plan they were told of. */
    changes: f.integer(0, 9999, { class: 'derived' }),
    told_at: optional(f.instant()),
    told_how: optional(f.oneOf(toldHows)),
    /** When the person said they read it; the first time counts, on whichever device. */
    acknowledged_at: optional(f.instant({ class: 'derived' })),
  },
  units: [['told_at', 'told_how']],
  unique: [['publication_id', 'collaborator_id']],
  owner: 'collaborator_id',
  partOf: 'plan_publication',
})
