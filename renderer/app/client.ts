import { z } from 'zod'
import type { ErrorDetail } from '../../shared/kernel/result.ts'
import { openTransport } from './transport.ts'
import type { Transport } from './transport.ts'

/** What the client needs of a declared operation: `command({...})` and `query({...})` of shared/domain both fit. */
export interface Declared<I, O> {
  readonly name: string
  readonly input: z.ZodType<I>
  readonly output: z.ZodType<O>
}

/** An operation of the host itself, which the domain does not declare. */
export const declare = <I, O>(name: string, input: z.ZodType<I>, output: z.ZodType<O>): Declared<I, O> => ({ name, input, output })

/** Inputs as the screens hold them: branded texts (ids, instants) are plain texts until the core has checked them. */
export type Plain<T> = T extends string & { readonly __brand: string }
  ? string
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Name in keyof T]: Plain<T[Name]> }
      : T

export interface Answer<T> {
  value: T
  /** What this person may do next; the pages show no other action. */
  can: ReadonlySet<string>
  /** Columns left empty because this person may not read them, `collaborator.phone`. */
  hidden: ReadonlySet<string>
  request_id: string
}

/** A refused call. `code` is translated by the screens, `details` put beside the fields; `message` is English for logs. */
export class CallFailure extends Error {
  readonly code: string
  readonly details: readonly ErrorDetail[]
  readonly request_id: string
  constructor(code: string, message: string, details: readonly ErrorDetail[] = [], request_id = '') {
    super(message)
    this.name = 'CallFailure'
    this.code = code
    this.details = details
    this.request_id = request_id
  }
}

export const UNREACHABLE = 'client.unreachable'
export const UNEXPECTED = 'client.unexpected_answer'

const Detail = z.object({
  field: z.string().nullish().transform((field) => field ?? null),
  issue: z.string(),
  expected: z.string().nullish(),
  found: z.string().nullish(),
})
const Envelope = z.union([
  z.object({
    error: z.object({ code: z.string(), message: z.string(), details: z.array(Detail).default([]), request_id: z.string().default('') }),
  }),
  z.object({ value: z.unknown(), can: z.array(z.string()).default([]), hidden: z.array(z.string()).default([]), request_id: z.string().default('') }),
])

let transport: Transport | undefined
export const theTransport = (): Transport => (transport ??= openTransport())

export interface CallOptions {
  /** Idempotency key of the gesture: the same key when the same gesture is tried again. */
  id?: string
  org?: string
  /** Joins commands of one gesture, so that they are undone together. */
  group?: string
}

/** Asks the core. Rejects with a `CallFailure`, and with nothing else. */
export async function call<I, O>(operation: Declared<I, O>, input: Plain<I>, options: CallOptions = {}): Promise<Answer<O>> {
  const text = JSON.stringify({ name: operation.name, input, id: options.id ?? crypto.randomUUID(), ...(options.org ? { org: options.org } : {}), ...(options.group ? { group_id: options.group } : {}) })
  let answer: string
  try {
    answer = await theTransport().call(text)
  } catch (cause) {
    throw new CallFailure(UNREACHABLE, cause instanceof Error ? cause.message : 'The host did not answer.')
  }
  return readAnswer(operation, answer)
}

/** The typed answer of an envelope's JSON text; throws the `CallFailure` that it carries. */
export function readAnswer<O>(operation: Pick<Declared<unknown, O>, 'name' | 'output'>, text: string): Answer<O> {
  const envelope = Envelope.safeParse(parseJson(text))
  if (!envelope.success) throw new CallFailure(UNEXPECTED, `${operation.name}: not an envelope`)
  if ('error' in envelope.data) {
    const { code, message, details, request_id } = envelope.data.error
    throw new CallFailure(
      code,
      message,
      details.map((detail) => ({ field: detail.field, issue: detail.issue, expected: detail.expected ?? null, found: detail.found ?? null })),
      request_id,
    )
  }
  const value = operation.output.safeParse(envelope.data.value)
  if (!value.success) throw new CallFailure(UNEXPECTED, `${operation.name}: ${z.prettifyError(value.error)}`, [], envelope.data.request_id)
  return { value: value.data, can: new Set(envelope.data.can), hidden: new Set(envelope.data.hidden), request_id: envelope.data.request_id }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
