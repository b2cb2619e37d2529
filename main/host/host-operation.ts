/** How an operation of this computer is declared: once, like those of an organization. */
import type { z } from 'zod'

export interface HostOperation<I = unknown> {
  kind: 'command' | 'query'
  name: string
  about: string
  input: z.ZodType<I>
  /** `none`: before anybody signed in. */
  needs: 'none' | 'session'
  /** Answered while the window is locked; everything else waits. */
  whileLocked: boolean
  /** Answered while the password must be changed first, with what a locked window answers; everything else waits. */
  whileChanging: boolean
  /** A command that only concerns the person's own window and what is kept for them: done also while seeing as another role. */
  ownOnly: boolean
}

type Ways = Partial<Pick<HostOperation, 'whileLocked' | 'whileChanging' | 'ownOnly'>>

export const declare = <I>(kind: HostOperation['kind'], name: string, needs: HostOperation['needs'], about: string, input: z.ZodType<I>, ways: Ways = {}): HostOperation<I> => ({
  kind, name, needs, about, input, whileLocked: ways.whileLocked ?? false, whileChanging: ways.whileChanging ?? ways.whileLocked ?? false, ownOnly: ways.ownOnly ?? false,
})
