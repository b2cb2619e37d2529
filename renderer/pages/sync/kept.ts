import type { z } from 'zod'
import type { getKept, listKept } from '../../../shared/domain/sync/operations.ts'

export type Kept = z.infer<typeof getKept.output>
export type KeptLine = z.infer<typeof listKept.output>['items'][number]
export type MergedLine = z.infer<typeof listKept.output>['merged'][number]
export type KeptField = Kept['fields_of'][number]

/** How many decisions are asked for: what is blocked behind another one of these follows it. */
export const decisionsIn = (items: readonly KeptLine[]): number => items.filter(({ outcome, why }) => outcome !== 'blocked' || !items.some(({ id }) => id === why)).length
