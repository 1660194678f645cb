// A path may carry line ends and terminal commands behind a percent sign; decoded into the log they would write lines of
// their own there.

import type { Context } from 'hono'

/** The path as it was sent, still encoded: one printable word, without the query. */
export const loggedPath = (c: Context): string => new URL(c.req.url).pathname
