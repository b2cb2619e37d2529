/** `1`, `-2`, `+3`: whole days; null when it is no number of days. */
export function wholeDays(text: string): number | null {
  const typed = text.trim().replace(/^[−–]/, '-')
  return /^[+-]?\d{1,4}$/.test(typed) && Math.abs(Number(typed)) <= 3660 ? Number(typed) : null
}
