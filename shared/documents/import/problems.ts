/** Why a whole file cannot be read. `code` finds the words in messages.ts; the rest says what was found and where, as plain text. */
export interface FileProblem {
  code:
    | 'import.file_empty'
    | 'import.file_too_large'
    | 'import.too_many_rows'
    | 'import.too_many_columns'
    | 'import.archive_too_large'
    | 'import.format_unknown'
    | 'import.file_damaged'
    | 'import.no_rows'
  /** File, sheet or line concerned. */
  where: string
  found: string
  expected: string
}

/** What a file may weigh; `max_rows` without the header. The archive limit is for the inflated content of an XLSX or ODS. */
export interface ImportLimits {
  max_bytes: number
  max_rows: number
  max_columns: number
  max_inflated_bytes: number
}

export const IMPORT_LIMITS: ImportLimits = {
  max_bytes: 50 * 1024 * 1024,
  max_rows: 100_000,
  max_columns: 400,
  max_inflated_bytes: 256 * 1024 * 1024,
}
