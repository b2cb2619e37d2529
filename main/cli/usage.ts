export const usage = `callboard: Callboard from a terminal

  callboard call NAME [--input FILE]       asks one operation; its input is JSON in FILE ('-' for stdin)
  callboard operations [--markdown]        all operations, as JSON Schemas or as docs/api.md
  callboard demo [--profile demo|S|M|L|XL|planning] makes a demonstration organization; --seed WORD another one, --today DATE moves it
  callboard export                         everything that the organization holds, as one zip
  callboard verify-audit                   walks the audit chain; exit 1 when it was altered
  callboard web [--port N] [--json]        the app in a browser on this computer

  --data DIR      folder of the data (else CALLBOARD_DATA, else this computer's own)
  --as EMAIL      acts as this person; the password comes from CALLBOARD_PASSWORD or stdin
  --scope LIST    narrows what the run may do, for example project:read,mission:read
  --org ID        organization (else the one that was open)
  --id KEY        idempotency key: the same key and input twice is done once

Answers are JSON on stdout, refusals {"error": {"code", "message", "details"}} on stderr.
Exit: 0 done, 1 refused, 2 wrong command.
`
