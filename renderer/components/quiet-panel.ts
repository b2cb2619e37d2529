/** A record opened beside the table for a look: the panel shows it and leaves the focus where it is. */
let quiet: string | null = null

export const openQuietly = (record: string | null): void => {
  quiet = record
}
export const bringsQuietly = (record: string): boolean => quiet === record
