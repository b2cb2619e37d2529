/** Prints one element of the page alone, over as many sheets as it needs: a copy of it stands outside the shell while the dialog is open. */
export function printElement(element: HTMLElement): void {
  const rules = new CSSStyleSheet()
  rules.replaceSync('.printed-element { display: none } @media print { body > *:not(.printed-element) { display: none !important } .printed-element { display: block } .printed-element * { overflow: visible !important } }')
  const paper = document.createElement('div')
  paper.className = 'printed-element'
  paper.append(element.cloneNode(true))
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules]
  document.body.append(paper)
  try {
    window.print()
  } finally {
    paper.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== rules)
  }
}
