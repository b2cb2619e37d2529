/** A file of an organization that is open while it is used, and may rest when a server has many. Who holds its engines notices nothing. */
import type { Engine } from '../../shared/store/engine.ts'
import type { OrganizationFile } from '../../shared/store/organization-file.ts'

export interface RestingFile {
  engine: Engine
  readEngine: Engine
  /** Opens it now; throws StoreError when it cannot be used. */
  wake(): void
  readonly isOpen: boolean
  /** Counts uses, so that the longest unused rests first. */
  readonly lastUse: number
  /** Closes it unless somebody is at work; answers whether it did. */
  rest(): Promise<boolean>
}

let uses = 0

export function restingFile(open: () => OrganizationFile): RestingFile {
  let file: OrganizationFile | null = null
  let closing: Promise<void> | null = null
  let busy = 0
  let lastUse = 0

  const awake = (): OrganizationFile => (file ??= open())
  async function using<T>(work: (open: OrganizationFile) => Promise<T>): Promise<T> {
    busy++
    lastUse = ++uses
    try {
      if (closing) await closing
      return await work(awake())
    } finally {
      busy--
    }
  }
  const resting = (of: (open: OrganizationFile) => Engine): Engine => ({
    dialect: 'sqlite',
    all: (sql, parameters) => using((open) => of(open).all(sql, parameters)),
    run: (sql, parameters) => using((open) => of(open).run(sql, parameters)),
    script: (sql) => using((open) => of(open).script(sql)),
    transaction: (work) => using((open) => of(open).transaction(work)),
    snapshot: (work) => using((open) => of(open).snapshot(work)),
    savepoint: (work) => using((open) => of(open).savepoint(work)),
    close: () => Promise.resolve(),
  })
  return {
    engine: resting((open) => open.engine),
    readEngine: resting((open) => open.readEngine),
    wake() {
      if (!closing) awake()
    },
    get isOpen() {
      return file !== null
    },
    get lastUse() {
      return lastUse
    },
    async rest() {
      if (busy > 0 || !file || closing) return false
      const open = file
      file = null
      closing = open.close().finally(() => (closing = null))
      await closing
      return true
    },
  }
}
