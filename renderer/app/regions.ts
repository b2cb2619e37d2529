const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

/** F6 and Shift+F6: the next or previous region marked `data-region`, in the order of the page. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null || region.offsetHeight > 0)
  const at = regions.findLastIndex((region) => region.contains(document.activeElement))
  const next = at < 0 ? (step === 1 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length
  const region = regions[next]
  const target = region?.matches(focusable) ? region : region?.querySelector<HTMLElement>(`[aria-current=page], tr[tabindex="0"], ${focusable}`)
  ;(target ?? region)?.focus()
}
