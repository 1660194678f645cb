// How many files all programs together have open, from /proc (proc_sys_fs(5)): a whole plugin in ten lines.
import { gather } from 'pocketstats/gather'

export default gather({
  help: 'Files that programs have open.',
  unit: '',
  series: ['open'],
  read: (machine) => ({ open: Number.parseInt(machine.proc('sys/fs/file-nr') ?? '', 10) }),
})
