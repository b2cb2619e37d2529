/** What was typed in the first run, kept on this computer until it is done; secrets are in memory only, for as long as the window lives. */
import { create } from 'zustand'
import { z } from 'zod'
import { OrganizationKind } from '../../app/host-operations.ts'
import { hostZone } from '../../i18n/format.ts'

const steps = ['look', 'choose', 'you', 'key', 'organization', 'project', 'people'] as const
export type Step = (typeof steps)[number]

/** `first`: nobody uses this computer yet. `nowhere`: a person who belongs to no organization. `more`: one organization beside others. */
const entrances = ['first', 'nowhere', 'more'] as const
export type Entrance = (typeof entrances)[number]

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/).nullable()
const Entered = z.object({
  entrance: z.enum(entrances),
  step: z.enum(steps),
  way: z.enum(['create', 'join', 'demo']),
  /** Whose account the first run made; null: none yet. */
  account: z.string().nullable(),
  you: z.object({ name: z.string(), email: z.string() }),
  organization: z.object({ name: z.string(), kind: OrganizationKind, zone: z.string(), currency: z.string() }),
  project: z.object({ name: z.string(), code: z.string().nullable(), first: day, last: day, zone: z.string(), where: z.string() }),
  without_project: z.boolean(),
  bring: z.enum(['import', 'later']),
  /** What the last step already made, when it was interrupted. */
  made: z.object({ organization: z.string().nullable(), project: z.string().nullable(), location: z.string().nullable() }),
})
export type Entered = z.infer<typeof Entered>
export type Way = Entered['way']

const KEY = 'callboard.welcome'
const zone = (): string => (hostZone() === 'UTC' ? 'Europe/Paris' : hostZone())

const blank = (entrance: Entrance, account: string | null): Entered => ({
  entrance, account, step: stepsOf(entrance)[0] ?? 'look', way: 'create', you: { name: '', email: '' },
  organization: { name: '', kind: 'event', zone: zone(), currency: 'EUR' },
  project: { name: '', code: null, first: null, last: null, zone: zone(), where: '' }, without_project: false, bring: 'import',
  made: { organization: null, project: null, location: null },
})

export function stepsOf(entrance: Entrance): readonly Step[] {
  switch (entrance) {
    case 'first':
      return steps
    case 'nowhere':
      return ['choose', 'organization', 'project', 'people']
    case 'more':
      return ['organization', 'project', 'people']
  }
}

/** Steps as they are counted: the recovery key belongs to "you", and who joins or looks at the demonstration stops there. */
export function countOf({ entrance, step, way }: Entered): { step: number; of: number } {
  const counted: readonly Step[] = stepsOf(entrance).filter((one) => one !== 'key')
  const walked = way === 'create' ? counted : counted.slice(0, counted.indexOf(way === 'join' ? 'choose' : entrance === 'first' ? 'you' : 'choose') + 1)
  return { step: counted.indexOf(step === 'key' ? 'you' : step) + 1, of: Math.max(walked.length, counted.indexOf(step) + 1) }
}

export function stepAfter({ entrance, step }: Entered, by: 1 | -1): Step | null {
  const all = stepsOf(entrance)
  return all[all.indexOf(step) + by] ?? null
}

function stored(): Entered | null {
  try {
    return Entered.safeParse(JSON.parse(window.localStorage.getItem(KEY) ?? 'null')).data ?? null
  } catch {
    return null
  }
}

interface Welcome {
  entered: Entered | null
  /** Never written anywhere. */
  password: string
  pin: string
  key: string | null
  /** The account is being made: whatever page shows, it waits. */
  busy: boolean
  /** Takes up what this person left, or begins. */
  begin: (entrance: Entrance, user: string | null) => void
  set: (change: Partial<Entered>) => void
  secret: (change: Partial<Pick<Welcome, 'password' | 'pin' | 'key' | 'busy'>>) => void
  end: () => void
}

export const useWelcome = create<Welcome>()((set, get) => ({
  entered: null, password: '', pin: '', key: null, busy: false,
  begin(entrance, user) {
    const left = get().entered ?? stored()
    // The first run goes on after its account exists; anything else that is left was another person's, or of another visit.
    const mine = left !== null && left.account === user && (left.entrance === entrance || (left.entrance === 'first' && user !== null))
    const entered = mine ? left : blank(entrance, user)
    // The key was shown in a window that is gone: it is made anew in the person's own settings.
    set({ entered: entered.step === 'key' && get().key === null ? { ...entered, step: 'organization' } : entered })
  },
  set(change) {
    const { entered } = get()
    if (!entered) return
    const next = { ...entered, ...change }
    set({ entered: next })
    window.localStorage.setItem(KEY, JSON.stringify(next))
  },
  secret: (change) => set(change),
  end() {
    window.localStorage.removeItem(KEY)
    set({ entered: null, password: '', pin: '', key: null, busy: false })
  },
}))

export function useEntered(): [entered: Entered, set: Welcome['set']] {
  const { entered, set } = useWelcome()
  if (!entered) throw new Error('the first run has not begun')
  return [entered, set]
}
