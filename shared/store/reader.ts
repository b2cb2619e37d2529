import type { CallContext } from '../domain/call-context.ts'
import type { AnyEntity, Entity, Row } from '../domain/entity.ts'
import { refuse, refuseFor, detail } from '../domain/errors.ts'
import { mostFacets, mostIds } from '../domain/operation.ts'
import type { FacetValue, FindOptions, Page, PageRequest, Reader, Where } from '../domain/operation.ts'
import type { Permission } from '../domain/permissions.ts'
import type { Id } from '../kernel/ids.ts'
import type { Engine, RawRow, Value } from './engine.ts'
import { codecOf, columnsOf, type Codec } from './schema.ts'
import type { SelectShape, Statements } from './statements.ts'
import { searchCondition } from './search.ts'
import type { ReadModel } from './read-models.ts'

/** What the asking person may see: rows by scope, columns by permission. Commands read without one: rules see everything. */
export interface Lens {
  /** Visible are the rows where one of these holds; none given: all rows; null: no row. */
  where(entity: AnyEntity): Promise<readonly Where[] | null>
  sees(entity: AnyEntity, row: Readonly<Record<string, unknown>>): Promise<boolean>
  /** Empties the columns that the person may not read and remembers that it did. */
  redact(entity: AnyEntity, row: Record<string, unknown>): void
}

export interface ReadAccess {
  engine: Engine
  statements: Statements
  readModels: ReadonlyMap<string, ReadModel>
  may: (permission: Permission, project_id: Id | null, own?: boolean) => boolean
  lens: Lens | null
  /** Told what is looked at: ids, or a condition (null: any row). */
  onRead?: ((entity: AnyEntity, asked: readonly string[] | Where | null) => void) | undefined
}

const codecs = new Map<string, Codec>()
export function codecFor(entity: AnyEntity): Codec {
  let codec = codecs.get(entity.name)
  if (!codec) codecs.set(entity.name, (codec = codecOf(columnsOf(entity))))
  return codec
}

/** Makes a row of these columns one of the domain, in place. */
const decoderOf = (entity: AnyEntity, names: readonly string[]): Codec['decode'] => codecOf(codecFor(entity).columns.filter(({ name }) => names.includes(name))).decode

const encodeCursor = (values: readonly Value[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')
function decodeCursor(cursor: string, length: number): Value[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string' || typeof value === 'number')) return values
  } catch {
    // Falls through: a cursor that cannot be read is refused like any other bad input.
  }
  throw refuse('validation.invalid', detail('cursor', 'cursor', 'the next_cursor of a former answer', cursor))
}

const facetValue = (value: unknown): FacetValue['value'] => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null)

export function createReader(call: CallContext, access: ReadAccess): Reader {
  const { engine, statements, lens, onRead } = access

  async function rows(table: string, codec: Codec, shape: SelectShape): Promise<RawRow[]> {
    const query = statements.select(table, codec, call.org, shape)
    return engine.all(query.sql, query.parameters)
  }
  async function visible<T extends Record<string, unknown>>(entity: AnyEntity, found: T[]): Promise<T[]> {
    if (!lens) return found
    const seen: T[] = []
    for (const row of found)
      if (await lens.sees(entity, row)) {
        lens.redact(entity, row)
        seen.push(row)
      }
    return seen
  }
  /** Who may not read a column learns nothing of it by filtering, sorting or counting. */
  function checkAsked(base: AnyEntity, request: PageRequest): void {
    for (const name of [...Object.keys(request.where ?? {}), ...Object.keys(request.filter ?? {}), ...(request.facets ?? []), ...request.sort.map((one) => one.replace('-', ''))]) {
      const permission = base.fields[name]?.readable ?? null
      if (permission !== null && !access.may(permission, null)) throw refuse('auth.forbidden', detail(name, 'permission', permission))
    }
  }
  async function pageOf(table: string, base: AnyEntity, codec: Codec, request: PageRequest): Promise<Page<Record<string, unknown>>> {
    onRead?.(base, null)
    if (lens) checkAsked(base, request)
    const scope = lens ? await lens.where(base) : []
    if (scope === null) return { items: [], next_cursor: null, total: 0, ...(request.facets ? { facets: Object.fromEntries(request.facets.map((name) => [name, []])) } : {}), ...(request.ids ? { ids: [] } : {}) }
    const where = [request.where ?? {}, request.filter ?? {}]
    const extra = request.search === undefined || request.search.trim() === '' ? [] : [searchCondition(base, call.org, request.search, engine.dialect)]
    const sorts = request.sort.length + (request.sort.some((name) => name.replace('-', '') === 'id') ? 0 : 1)
    const passed = request.page === undefined || request.cursor ? 0 : (request.page - 1) * request.limit
    const shape: SelectShape = {
      where, any: scope, extra, sort: request.sort, limit: request.limit + 1,
      ...(request.cursor ? { after: decodeCursor(request.cursor, sorts) } : {}), ...(passed > 0 ? { offset: passed } : {}),
    }
    const raw = await rows(table, codec, shape)
    // A read model adds columns to the rows of its base, never rows: unless one of them is asked for, the base is read, which is quicker.
    const own = codecFor(base)
    const plainest = (asked: readonly Where[], ...columns: readonly string[]): [string, Codec] =>
      [...asked.flatMap((condition) => Object.keys(condition)), ...columns].every((name) => own.names.includes(name)) ? [base.name, own] : [table, codec]
    const counted = statements.count(...plainest(where), call.org, { where, any: scope, extra })
    const whole = raw.length <= request.limit && !request.cursor && passed === 0
    const total = whole ? raw.length : Number((await engine.all(counted.sql, counted.parameters))[0]?.['total'] ?? 0)
    const facets: Record<string, FacetValue[]> = {}
    for (const column of request.facets ?? []) {
      const { [column]: _, ...others } = request.filter ?? {}
      const under = [request.where ?? {}, others]
      const [from, of] = plainest(under, column)
      const query = statements.facet(from, column, of, call.org, { where: under, any: scope, extra, limit: mostFacets })
      facets[column] = (await engine.all(query.sql, query.parameters)).map((found) => ({ value: facetValue(of.decode({ [column]: found['value'] ?? null })[column]), count: Number(found['total']) }))
    }
    let ids: string[] | null = null
    if (request.ids) {
      const query = statements.ids(...plainest(where, ...request.sort.map((name) => name.replace('-', ''))), call.org, { where, any: scope, extra, sort: request.sort, limit: mostIds })
      ids = (await engine.all(query.sql, query.parameters)).map((found) => String(found['id']))
    }
    const more = raw.length > request.limit
    const items = (more ? raw.slice(0, request.limit) : raw).map((row) => codec.decode(row))
    const last = items.at(-1)
    const next_cursor = more && last ? encodeCursor(statements.cursorOf(last, request.sort, codec)) : null
    if (lens) for (const item of items) lens.redact(base, item)
    return { items, next_cursor, total, ...(request.facets ? { facets } : {}), ...(ids ? { ids } : {}) }
  }

  const reader: Reader = {
    call,
    may: access.may,
    async get(entity, id) {
      const found = await reader.getMany(entity, [id])
      return found[0] ?? null
    },
    async need(entity, id) {
      const found = await reader.get(entity, id)
      if (!found) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
      return found
    },
    async getMany<E extends Entity>(entity: E, ids: readonly Id[]) {
      onRead?.(entity, ids)
      const codec = codecFor(entity)
      const where: Where = ids.length === 1 ? { id: ids[0] ?? '' } : { id: ids }
      const found = (await rows(entity.name, codec, { where: [where] })).map((raw) => codec.decode(raw))
      return (await visible(entity, found)) as Row<E>[]
    },
    async find<E extends Entity>(entity: E, where: Where, options: FindOptions = {}) {
      onRead?.(entity, where)
      const codec = codecFor(entity)
      const scope = lens ? await lens.where(entity) : []
      if (scope === null) return []
      const found = (await rows(entity.name, codec, {
        where: [where], any: scope, removed: options.removed ?? false,
        ...(options.sort ? { sort: options.sort } : {}), ...(options.limit === undefined ? {} : { limit: options.limit }),
      })).map((raw) => codec.decode(raw))
      return (await visible(entity, found)) as Row<E>[]
    },
    async pick<E extends Entity, K extends keyof Row<E> & string>(entity: E, columns: readonly K[], where: Where, options: FindOptions = {}) {
      onRead?.(entity, where)
      const guarded = columns.find((name) => (entity as AnyEntity).fields[name]?.readable)
      if (guarded !== undefined) throw new Error(`${entity.name}.${guarded} needs a permission: read the whole row`)
      const scope = lens ? await lens.where(entity) : []
      if (scope === null) return []
      const { sort, limit, removed = false } = options
      const found = await rows(entity.name, codecFor(entity), { columns, where: [where], any: scope, removed, ...(sort ? { sort } : {}), ...(limit === undefined ? {} : { limit }) })
      const decode = decoderOf(entity, columns)
      for (const row of found) decode(row)
      return found as Pick<Row<E>, K>[]
    },
    async count(entity, where) {
      onRead?.(entity, where)
      const scope = lens ? await lens.where(entity) : []
      if (scope === null) return 0
      const query = statements.count(entity.name, codecFor(entity), call.org, { where: [where], any: scope })
      return Number((await engine.all(query.sql, query.parameters))[0]?.['total'] ?? 0)
    },
    async values(entity, column, where) {
      onRead?.(entity, where)
      const scope = lens ? await lens.where(entity) : []
      if (scope === null) return []
      const query = statements.values(entity.name, column, codecFor(entity), call.org, { where: [where], any: scope })
      return (await engine.all(query.sql, query.parameters)).flatMap(({ value }) => (typeof value === 'string' ? [value as Id] : []))
    },
    async lostNumbers<E extends Entity>(entity: E, series: Id) {
      return (await engine.all('SELECT number FROM sync_number WHERE org_id = ? AND entity = ? AND series = ?', [call.org, entity.name, series])).flatMap((row) => {
        const number: unknown = JSON.parse(String(row['number']))
        return typeof number === 'number' ? [number] : []
      })
    },
    async page<E extends Entity>(entity: E, request: PageRequest) {
      return (await pageOf(entity.name, entity, codecFor(entity), request)) as unknown as Page<Row<E>>
    },
    async view(name, request) {
      const model = access.readModels.get(name)
      if (!model) throw new Error(`no read model ${name}`)
      return pageOf(name, model.base, model.codec, request)
    },
  }
  return reader
}
