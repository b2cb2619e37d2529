/** How the page looks: a telephone first, no script, no font to fetch, the application's colours. Its hash is what the page's policy lets in. */
import { createHash } from 'node:crypto'
import { themes } from './colours.ts'

const tokens = (theme: keyof typeof themes): string => Object.entries(themes[theme]).map(([name, value]) => `--${name}:${value}`).join(';')

export const pageStyle = `
:root{color-scheme:light;${tokens('light')}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${tokens('dark')}}}
@media (prefers-contrast:more){:root{${tokens('hc-light')}}}
@media (prefers-contrast:more) and (prefers-color-scheme:dark){:root{${tokens('hc-dark')}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--surface-base);color:var(--text-primary);font:400 1rem/1.5 Inter,system-ui,sans-serif;font-feature-settings:'tnum';overflow-wrap:anywhere}
h1,h2,p,dl,dd,form{margin:0}
.page{max-width:40rem;margin:0 auto;padding:0 1rem 2rem}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;padding:.5rem 0;margin-bottom:.5rem;border-bottom:1px solid var(--border-default)}
header p{font-size:.875rem;color:var(--text-secondary);min-width:0}
header strong{display:block;color:var(--text-primary);font-weight:600}
a{color:var(--accent-text)}
.tap{display:inline-flex;align-items:center;min-height:44px;min-width:44px}
h1{font-size:1.5rem;line-height:1.25;font-weight:600;margin:1rem 0 .5rem;text-wrap:balance}
h2{font-size:1.125rem;line-height:1.35;font-weight:600;margin:0 0 .75rem}
main>p{margin:0 0 .5rem}
main>.screen,main>.act{margin:1rem 0}
.panel{background:var(--surface-raised);border:1px solid var(--border-default);border-radius:8px;padding:1rem;margin:1rem 0}
dl>div{display:flex;flex-wrap:wrap;gap:0 1rem}
dl>div+div{margin-top:.5rem}
dt{flex:0 0 6.5rem;color:var(--text-secondary);font-size:.9375rem;line-height:1.6}
dl.said dt{flex-basis:100%}
dd{flex:1 1 9.5rem;min-width:0;font-weight:500;white-space:pre-line}
.key{font-weight:700}
.note{display:flex;gap:.625rem;border:1px solid;border-radius:6px;padding:.75rem;margin:1rem 0}
.note>span:first-child{flex:none;font-weight:700}
.due{background:var(--info-tint);color:var(--info-text);border-color:var(--info-border)}
.yes{background:var(--success-tint);color:var(--success-text);border-color:var(--success-border)}
.no,.quiet{background:var(--neutral-tint);color:var(--neutral-text);border-color:var(--neutral-border)}
.wrong{background:var(--warning-tint);color:var(--warning-text);border-color:var(--warning-border)}
.wrong a{color:inherit}
.field{margin-bottom:.75rem}
label{display:block;font-weight:600}
.page>main>.hint:last-child{margin-bottom:1rem}
.hint{font-size:.875rem;color:var(--text-secondary)}
.error{font-weight:600;color:var(--warning-text)}
input,textarea{display:block;width:100%;margin-top:.375rem;padding:.625rem .75rem;font:inherit;color:inherit;background:var(--surface-raised);border:1px solid var(--border-strong);border-radius:6px;min-height:44px}
input{max-width:8rem}
textarea{min-height:7rem;resize:vertical}
[aria-invalid]{border:2px solid var(--warning-border)}
button,.button{display:flex;align-items:center;justify-content:center;gap:.5rem;width:100%;min-height:48px;padding:.625rem 1rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--text-primary);background:var(--surface-raised);border:1px solid var(--border-strong);border-radius:6px;cursor:pointer}
.primary{color:var(--on-action);background:var(--action-solid);border-color:var(--action-solid)}
.primary:hover{background:var(--action-hover)}
details{border-top:1px solid var(--border-default);margin-top:.75rem}
details+details{margin-top:0}
details:last-child{margin-bottom:-.5rem}
summary{display:flex;align-items:center;gap:.5rem;min-height:48px;padding:.5rem .25rem;font-weight:600;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:'';flex:none;width:.5rem;height:.5rem;border:solid;border-width:0 2px 2px 0;transform:rotate(-45deg);margin-right:.25rem}
details[open]>summary::before{transform:rotate(45deg)}
details form{padding:.25rem 0 1rem}
:focus{outline:none}
:focus-visible{outline:2px solid var(--focus-ring);outline-offset:2px;box-shadow:0 0 0 2px var(--focus-gap)}
h3{margin:.75rem 0 .25rem;font-size:1rem}
ul{margin:.5rem 0 0;padding-left:1.25rem}
.own{border:2px solid var(--border-strong)}
.own dl+dl{margin-top:1rem;padding-top:.5rem;border-top:1px solid var(--border-default)}
.others{color:var(--text-secondary)}
footer{border-top:1px solid var(--border-default);padding-top:1rem;font-size:.9375rem;color:var(--text-secondary)}
footer h2{font-size:1rem;color:var(--text-primary);margin-bottom:.25rem}
footer p{margin:0 0 .5rem}
@media (min-width:40em){.page{padding:0 1.5rem 3rem}.panel{padding:1.5rem}h1{font-size:1.75rem}.short{width:auto;min-width:14rem}}
@media (forced-colors:active){:focus-visible{outline-color:Highlight;box-shadow:none}.primary{border:2px solid ButtonText}}
@media print{
:root{color-scheme:light;${tokens('light')};--surface-base:#fff}
@page{margin:18mm}
body{font-size:11pt}
nav,.act,.screen{display:none}
.page{max-width:none;padding:0}
.panel,.note{break-inside:avoid;background:none;color:#000}
a{color:inherit}
}
`

/** For `style-src`. */
export const styleHash = `'sha256-${createHash('sha256').update(pageStyle, 'utf8').digest('base64')}'`

/** Nothing is fetched, run or framed; forms come back here alone. */
export const pagePolicy = `default-src 'none'; style-src ${styleHash}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
