/** How many digits follow the point in a currency: 2 for EUR, 0 for JPY. An unknown currency has 2. */
export function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** `1 250,50` or `1250.5` typed for EUR: 125050 minor units. null: no amount, or more digits than the currency has. */
export function parseAmount(typed: string, currency: string): number | null {
  const plain = typed.replaceAll(/[\s€$£]/g, '').replace(',', '.')
  const [, whole, part = ''] = /^(\d{1,9})(?:\.(\d+))?$/.exec(plain) ?? []
  const digits = digitsOf(currency)
  if (whole === undefined || part.length > digits) return null
  return Number(whole + part.padEnd(digits, '0'))
}

/** What a field shows of an amount: `350`, `350,50`. */
export function amountText(minor: number, currency: string, language: 'fr' | 'en'): string {
  const digits = digitsOf(currency)
  const text = String(minor).padStart(digits + 1, '0')
  const part = digits === 0 ? '' : text.slice(-digits)
  const whole = digits === 0 ? text : text.slice(0, -digits)
  return /^0*$/.test(part) ? whole : `${whole}${language === 'fr' ? ',' : '.'}${part}`
}
