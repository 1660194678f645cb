// How large the databases of the PostgreSQL server of the gather `postgresql` are.

import { gather } from '../gather.ts'
import { askPostgres } from '../sources/postgres.ts'

/** The largest of them; the server counts the files of each. */
const sql = `
SELECT datname, pg_database_size(oid) FROM pg_database
  WHERE datallowconn AND NOT datistemplate AND has_database_privilege(oid, 'CONNECT') ORDER BY 2 DESC LIMIT 30`

export default gather({
  title: 'PostgreSQL size',
  order: 41,
  help: 'Size on disk of each database of the PostgreSQL server.',
  unit: 'byte',
  min: 0,
  every: 60,
  each: 'database',
  async read(machine) {
    const rows = await askPostgres(machine, sql)
    return rows && Object.fromEntries(rows.map(([name = '', bytes]) => [name, Number(bytes)]))
  },
})
