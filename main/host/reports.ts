/**
 * Reports of errors and crashes, for the person to read and to send by hand: nothing leaves by itself (decision B14). One JSON file each,
 * redacted before it is written, the last 20 kept. The same error again counts up instead of pushing the others out.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { redactMessage, redactName, redactPlace, redactStack } from '../../shared/domain/redaction.ts'

export const reportOrigins = ['page', 'core', 'program', 'ended'] as const

export const Report = z.strictObject({
  format: z.literal('callboard-report'),
  id: z.string(),
  /** First and last time, UTC. */
  at: z.string(), last_at: z.string(), count: z.int().min(1),
  app_version: z.string(),
  /** `page`: what is drawn; `core`: an operation; `program`: a process stopped by it; `ended`: a run that did not close. */
  where: z.enum(reportOrigins),
  name: z.string(), message: z.string(), stack: z.array(z.string()), place: z.string().nullable(),
  system: z.strictObject({ platform: z.string(), release: z.string(), arch: z.string(), node: z.string() }),
})
export type Report = z.infer<typeof Report>

export interface Happened {
  where: (typeof reportOrigins)[number]
  error: unknown
  place?: string | undefined
}

export interface Reports {
  write(happened: Happened): Report | null
  /** Newest first. */
  list(): Report[]
  read(id: string): Report | null
  remove(id: string): boolean
  /** Marks this run as begun; a mark that an earlier run left says that it did not close. */
  begin(): void
  end(): void
}

const KEPT = 20
const FILE = /^report-([0-9TZ-]+-[0-9a-z]+)\.json$/
const ID = /^[0-9TZ-]+-[0-9a-z]+$/

const partsOf = (error: unknown): { name: string; message: string; stack: string } => {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? '' }
  const given = z.looseObject({ name: z.string().catch('Error'), message: z.string().catch(''), stack: z.string().catch('') }).safeParse(error)
  if (given.success) return given.data
  return { name: 'Error', message: String(error), stack: '' }
}

export function openReports(folder: string, appVersion: string, now: () => string): Reports {
  const system = { platform: platform(), release: release().replace(/[^\w.+-]/g, ''), arch: arch(), node: process.versions.node }
  const pathOf = (id: string): string => join(folder, `report-${id}.json`)
  const running = join(folder, 'running.json')
  let made = 0

  function read(id: string): Report | null {
    if (!ID.test(id) || !existsSync(pathOf(id))) return null
    try {
      return Report.parse(JSON.parse(readFileSync(pathOf(id), 'utf8')))
    } catch {
      // Cut short by the crash it was about.
      return null
    }
  }
  function list(): Report[] {
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .flatMap((name) => read(FILE.exec(name)?.[1] ?? '') ?? [])
      .sort((a, b) => b.last_at.localeCompare(a.last_at) || b.id.localeCompare(a.id))
  }
  function save(report: Report): void {
    mkdirSync(folder, { recursive: true })
    const draft = `${pathOf(report.id)}.part`
    writeFileSync(draft, JSON.stringify(report, null, 2))
    renameSync(draft, pathOf(report.id))
  }
  function write({ where, error, place }: Happened): Report | null {
    try {
      const { name, message, stack } = partsOf(error)
      const at = now()
      const said = { where, name: redactName(name), message: redactMessage(message), stack: redactStack(stack), place: place === undefined ? null : redactPlace(place) }
      const kept = list()
      const same = kept.find((one) => one.where === where && one.name === said.name && one.message === said.message && one.stack[0] === said.stack[0] && one.app_version === appVersion)
      const report: Report = same
        ? { ...same, last_at: at, count: same.count + 1 }
        : { format: 'callboard-report', id: `${at.replace(/[:.]/g, '-')}-${process.pid.toString(36)}${(made++).toString(36)}`, at, last_at: at, count: 1, app_version: appVersion, ...said, system }
      save(report)
      for (const old of (same ? [] : list()).slice(KEPT)) rmSync(pathOf(old.id), { force: true })
      return report
    } catch {
      // A report is never worth a second failure: a full or read-only disk keeps none.
      return null
    }
  }
  return {
    write, list, read,
    remove(id) {
      if (!ID.test(id) || !existsSync(pathOf(id))) return false
      rmSync(pathOf(id), { force: true })
      return true
    },
    begin() {
      if (existsSync(running)) write({ where: 'ended', error: new Error('The run before ended without closing') })
      try {
        mkdirSync(folder, { recursive: true })
        writeFileSync(running, JSON.stringify({ at: now() }))
      } catch {
        // Read-only: nothing to mark.
      }
    },
    end() {
      try {
        rmSync(running, { force: true })
      } catch {
        // The same.
      }
    },
  }
}

/**
 * What stops a process is written down as it happens, then stops it as before: nothing is swallowed. Answers how to stop listening.
 */
export function reportCrashes(folder: string, appVersion: string): () => void {
  const reports = openReports(folder, appVersion, () => new Date().toISOString())
  const seen = (error: unknown): void => void reports.write({ where: 'program', error })
  process.on('uncaughtExceptionMonitor', seen)
  return () => process.off('uncaughtExceptionMonitor', seen)
}
