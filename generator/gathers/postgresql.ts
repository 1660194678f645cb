// Connections and transactions of a PostgreSQL server.

import { gather, type Reading } from '../gather.ts'
import { askPostgres } from '../sources/postgres.ts'

const sql = `
SELECT count(*) FILTER (WHERE state = 'active' AND pid <> pg_backend_pid()), count(*) - 1, current_setting('max_connections')
  FROM pg_stat_activity WHERE datname IS NOT NULL;
SELECT sum(xact_commit), sum(xact_rollback), sum(deadlocks), sum(blks_read), sum(temp_files) FROM pg_stat_database`

export default gather({
  title: 'PostgreSQL',
  order: 40,
  help: 'Connections of the PostgreSQL server (the limit is max_connections), and what it does a second.',
  unit: '',
  min: 0,
  every: 10,
  each: 'count',
  options: {
    Server: {
      default: '',
      help: 'host, host:port or the path of a socket. Empty: the server of this machine.',
    },
    User: {
      default: '',
      help: 'Who signs in; the role pg_monitor is enough. Empty: the user who runs Pocketstats.',
    },
    Password: { default: '', help: 'Where the server asks for one.' },
    Database: { default: 'postgres', help: 'Which database to connect to; counted are all.' },
  },
  async read(machine, options) {
    const rows = await askPostgres(machine, sql, options)
    if (rows === null) return null
    const [[active, connections, most] = [], totals = []] = rows.map((row) => row.map(Number))
    const rate = (value = 0): Reading => ({ value, kind: 'counter', unit: '1/s' })
    const [commits, rollbacks, deadlocks, blocks, files] = totals
    return {
      connections: { value: connections ?? 0, ...(most !== undefined && { max: most }) },
      'active connections': active ?? 0,
      commits: rate(commits),
      rollbacks: rate(rollbacks),
      deadlocks: rate(deadlocks),
      'blocks read': rate(blocks),
      'temporary files': rate(files),
    }
  },
})
