// The process of its own that makes certificates: its one argument is an IssueOrder as JSON; goes with 1 and a line that
// says why when it cannot.

import { issue } from './issue.ts'

try {
  issue(JSON.parse(process.argv[2] ?? ''))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
