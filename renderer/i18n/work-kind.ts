import { create } from 'zustand'
import type { workKinds } from '../../shared/domain/organization/model.ts'

export type WorkKind = (typeof workKinds)[number]

interface Trade {
  /** Of the open organization; null outside one: the general words. */
  kind: WorkKind | null
}

/** Whose words the screens speak (ui 7.1): said by the app when an organization is opened, changed or left. */
export const useTrade = create<Trade>()(() => ({ kind: null }))
export const speakAs = (kind: WorkKind | null): void => useTrade.setState({ kind })
