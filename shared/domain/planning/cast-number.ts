/** The next number of the cast: one more than the highest that is a number. */
export function nextCastNumber(taken: readonly string[]): number {
  return Math.max(0, ...taken.filter((number) => /^\d{1,6}$/.test(number)).map(Number)) + 1
}
