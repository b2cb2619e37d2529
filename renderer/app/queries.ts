import { keepPreviousData, MutationCache, QueryCache, QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { z } from 'zod'
import type { ListInput, ListOutput } from '../../shared/domain/records.ts'
import { call, CallFailure, theTransport, UNEXPECTED } from './client.ts'
import type { Answer, Declared, Plain } from './client.ts'
import { useOrg } from './routes.ts'
import { isMoving } from './sync/moving.ts'
import { useStorageNews } from './storage-news.ts'

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => hearStorage(error, query.queryKey[0]) }),
  mutationCache: new MutationCache({ onError: (error, _input, _context, mutation) => hearStorage(error, mutation.options.mutationKey?.[0]) }),
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 30_000, networkMode: 'always' }, mutations: { networkMode: 'always' } },
})

const HOST = 'host'
/** The answer that says who is there. */
export const HOST_STATE: readonly [string, string, object] = [HOST, 'app.state', {}]

/** A call that the disk refused says how the organization's file is; the host is asked again, its pages may have to close. */
function hearStorage(error: unknown, org: unknown): void {
  if (!(error instanceof CallFailure) || !error.code.startsWith('storage.') || typeof org !== 'string' || org === HOST || isMoving(org)) return
  useStorageNews.getState().hear({ org, state: error.code.slice('storage.'.length) })
  void queryClient.invalidateQueries({ queryKey: [HOST, 'app.state'] })
}

const keyOf = (org: string | null, name: string, input: unknown): readonly unknown[] => [org ?? HOST, name, input]

/** Answers are asked again when the core says that rows of their organization changed; all of them after the stream was cut. */
export function followChanges(): () => void {
  return theTransport().onEvent((event) => {
    if (event.type === 'storage' && event.org && event.state && !isMoving(event.org)) useStorageNews.getState().hear({ org: event.org, state: event.state })
    if (event.type === 'changed' && event.org) void queryClient.invalidateQueries({ queryKey: [event.org] })
    // How the exchange stands, and no row: those are told as changed.
    else if (event.type === 'sync' && event.org) void queryClient.invalidateQueries({ predicate: ({ queryKey: [org, name] }) => org === event.org && typeof name === 'string' && name.startsWith('sync.') })
    // Who is there first: a locked window has nothing else to ask.
    else if (event.type === 'session') void queryClient.invalidateQueries({ queryKey: HOST_STATE })
    else void queryClient.invalidateQueries()
  })
}

export const failureOf = (error: unknown): CallFailure | null =>
  error === null || error === undefined ? null : error instanceof CallFailure ? error : new CallFailure(UNEXPECTED, String(error))

export interface Asked<O> {
  answer: Answer<O> | undefined
  /** When it came, ms; 0: nothing came yet. */
  answered_at: number
  /** It is of an earlier question while the new answer is on its way. */
  stale: boolean
  failure: CallFailure | null
  loading: boolean
  retry: () => void
}

/** Asks a query of the open organization (or of the host: `org: null`). `input` null: not yet. */
export function useAnswer<I, O>(operation: Declared<I, O>, input: Plain<I> | null, options: { org?: string | null; keep?: boolean } = {}): Asked<O> {
  const opened = useOrg()
  const org = options.org === undefined ? opened : options.org
  const query = useQuery({
    queryKey: keyOf(org, operation.name, input),
    queryFn: () => {
      if (input === null) throw new CallFailure(UNEXPECTED, 'asked without input')
      return call(operation, input, org ? { org } : {})
    },
    enabled: input !== null,
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  })
  return { answer: query.data, answered_at: query.dataUpdatedAt, stale: query.isPlaceholderData, failure: failureOf(query.error), loading: query.isPending && input !== null, retry: () => void query.refetch() }
}

export interface Listed<T> {
  items: readonly T[]
  total: number
  can: ReadonlySet<string>
  hidden: ReadonlySet<string>
  failure: CallFailure | null
  loading: boolean
  retry: () => void
  /** Missing: everything is here. */
  more: (() => void) | undefined
}

export const useList = <T>(operation: Declared<ListInput, ListOutput>, input: Plain<ListInput> | null, schema: z.ZodType<T>): Listed<T> => usePages(operation, input, schema)

export interface PageOfList<T, O = ListOutput> extends Omit<Listed<T>, 'more'> {
  /** All that was answered beside the rows. */
  answer: O | undefined
  /** The rows are of an earlier question while the new answer is on its way. */
  stale: boolean
}

/** One numbered page of a list, its rows read by `schema`. */
export function usePageOfList<T, O extends ListOutput>(operation: Declared<ListInput, O>, input: Plain<ListInput> | null, schema: z.ZodType<T>): PageOfList<T, O> {
  const org = useOrg()
  const query = useQuery({
    queryKey: [...keyOf(org, operation.name, input), 'page'],
    queryFn: async () => {
      if (input === null) throw new CallFailure(UNEXPECTED, 'asked without input')
      const answer = await call(operation, input, org ? { org } : {})
      return { answer, rows: readRows(operation.name, answer.value.items, schema) }
    },
    enabled: input !== null,
    placeholderData: keepPreviousData,
  })
  const { data } = query
  return {
    answer: data?.answer.value,
    items: data?.rows ?? NO_ROWS,
    total: data?.answer.value.total ?? 0,
    can: data?.answer.can ?? NOTHING,
    hidden: data?.answer.hidden ?? NOTHING,
    failure: failureOf(query.error),
    loading: query.isPending && input !== null,
    stale: query.isPlaceholderData,
    retry: () => void query.refetch(),
  }
}

/** Rows as the screens draw them; one that cannot be read is a bug of the core. */
export function readRows<T>(name: string, items: readonly unknown[], schema: z.ZodType<T>): readonly T[] {
  const rows = z.array(schema).safeParse(items)
  if (!rows.success) throw new CallFailure(UNEXPECTED, `${name}: ${z.prettifyError(rows.error)}`)
  return rows.data
}

interface Paged {
  items: unknown[]
  next_cursor: string | null
  total: number
}

/** A list by pages of rows read by `schema`: `more` adds the following page after those already shown. */
export function usePages<I extends { cursor?: string | undefined }, O extends Paged, T>(operation: Declared<I, O>, input: Plain<I> | null, schema: z.ZodType<T>): Listed<T> {
  const org = useOrg()
  const query = useInfiniteQuery({
    queryKey: [...keyOf(org, operation.name, input), 'pages'],
    queryFn: async ({ pageParam }) => {
      if (input === null) throw new CallFailure(UNEXPECTED, 'asked without input')
      const answer = await call(operation, pageParam === null ? input : { ...input, cursor: pageParam }, org ? { org } : {})
      return { rows: readRows(operation.name, answer.value.items, schema), answer }
    },
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.answer.value.next_cursor,
    enabled: input !== null,
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  const items = useMemo(() => (pages ?? []).flatMap((page) => page.rows), [pages])
  const first = pages?.[0]?.answer
  return {
    items,
    total: first?.value.total ?? 0,
    can: first?.can ?? NOTHING,
    hidden: first?.hidden ?? NOTHING,
    failure: failureOf(query.error),
    loading: query.isPending && input !== null,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  }
}

const FIRST_PAGE: string | null = null
const NOTHING: ReadonlySet<string> = new Set()
const NO_ROWS: readonly never[] = []

export interface Command<I, O> {
  /** Resolves to the answer, or to null when the call was refused (`failure` says why). The same function as long as the component is there. */
  run: (input: Plain<I>) => Promise<Answer<O> | null>
  pending: boolean
  failure: CallFailure | null
  reset: () => void
}

/** One gesture = one idempotency key: trying again with the same input after a failure sends the same key. */
export function useCommand<I, O>(operation: Declared<I, O>, options: { org?: string | null } = {}): Command<I, O> {
  const opened = useOrg()
  const client = useQueryClient()
  const unanswered = useRef<{ text: string; id: string } | null>(null)
  const org = options.org === undefined ? opened : options.org
  const mutation = useMutation({
    mutationKey: [org ?? HOST, operation.name],
    mutationFn: async (input: Plain<I>) => {
      const text = JSON.stringify(input)
      const id = unanswered.current?.text === text ? unanswered.current.id : crypto.randomUUID()
      unanswered.current = { text, id }
      const answer = await call(operation, input, { id, ...(org ? { org } : {}) })
      await client.invalidateQueries({ queryKey: [org ?? HOST] })
      // Until the screen shows the answer, the same input is the same gesture (Enter, then leaving the field).
      unanswered.current = null
      return answer
    },
  })
  const { mutateAsync } = mutation
  const run = useCallback((input: Plain<I>) => mutateAsync(input).catch(() => null), [mutateAsync])
  return {
    run,
    pending: mutation.isPending,
    failure: failureOf(mutation.error),
    reset: mutation.reset,
  }
}
