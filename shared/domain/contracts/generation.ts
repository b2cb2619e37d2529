/**
 * What makes a contract one: the key of its generation, by which a job retried, replayed or run on two devices makes the same contract,
 * and the reference that a device may give while offline (decision C34). Apart from rules.ts: this needs node:crypto.
 */
import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import { failure, success, type Result } from '../../kernel/result.ts'

export interface GenerationSubject {
  org_id: string
  project_id: string
  /** In any order, each counted once. */
  assignment_ids: readonly string[]
  /** The template's version: one that was used never changes. */
  template_version_id: string
  /** 0 for the first contract; then the number of versions there were before, voids included. */
  amendment: number
  /** Id of a framework, which has no assignments and would else have the key of every other framework; null where there are assignments. */
  framework_id: string | null
}

/** 64 hexadecimal digits: SHA-256 of the canonical JSON of organization, project, sorted assignments, template version and amendment number. */
export function generationKey({ org_id, project_id, assignment_ids, template_version_id, amendment, framework_id }: GenerationSubject): string {
  const assignments = [...new Set(assignment_ids)].sort()
  return sha256(canonicalJson({ amendment, assignments, org_id, project_id, template_version_id, ...(assignments.length === 0 ? { framework_id } : {}) }))
}

export interface ReferenceParts {
  /** 2 to 8 capitals and digits that begin with a letter: of the kind of contract, or the organization's own. */
  series: string
  year: number
  /** Of the device that gives it (`KX7`), or three letters and more (`SRV`): two devices offline never give the same. */
  device_code: string
  /** From 1, counted by the device for the series and year. */
  n: number
}
export type ReferenceIssue = 'reference.series' | 'reference.year' | 'reference.device_code' | 'reference.number'

const SERIES = '[A-Z][A-Z0-9]{1,7}'
/** Either two letters and one digit or letters only, so that code and number are never read apart in two ways. */
const DEVICE = '[A-Z]{2}\\d|[A-Z]{3,8}'
const REFERENCE = new RegExp(`^(${SERIES})-(\\d{4})-(${DEVICE})([1-9]\\d{0,8})$`)

/** `CDDU-2027-KX712`: number 12 of device KX7. References need no continuity: one is given at the first draft and never changes. */
export function contractReference({ series, year, device_code, n }: ReferenceParts): Result<string, ReferenceIssue> {
  if (!new RegExp(`^(?:${SERIES})$`).test(series)) return failure('reference.series')
  if (!Number.isInteger(year) || year < 2000 || year > 2999) return failure('reference.year')
  if (!new RegExp(`^(?:${DEVICE})$`).test(device_code)) return failure('reference.device_code')
  if (!Number.isInteger(n) || n < 1 || n > 999_999_999) return failure('reference.number')
  return success(`${series}-${year}-${device_code}${n}`)
}

/** The parts of a reference given here; null: another's. */
export function referenceParts(reference: string): ReferenceParts | null {
  const [, series, year, device_code, n] = REFERENCE.exec(reference) ?? []
  return series === undefined || device_code === undefined ? null : { series, year: Number(year), device_code, n: Number(n) }
}

/** Series of each kind, where the organization has none of its own. */
export const defaultSeries = { cddu: 'CDDU', artist: 'ART', vendor: 'PRES', client: 'CLI' } as const
