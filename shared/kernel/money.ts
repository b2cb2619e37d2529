/** Money is an integer of minor units (cents) with its ISO 4217 currency. Never floating point. */
export interface Money {
  amount_minor: number
  currency: string
}

/** Multiplies an amount in minor units by a quantity in 1/10,000, rounding half away from zero, once. */
export function timesQuantity(amountMinor: number, quantity: number): number {
  const product = BigInt(amountMinor) * BigInt(quantity)
  const sign = product < 0n ? -1n : 1n
  return Number(sign * ((sign * product + 5_000n) / 10_000n))
}
