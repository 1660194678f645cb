// Takes the role of the keeper for the database of the first argument, says so, and holds it until it is killed.

import { setTimeout as pause } from 'node:timers/promises'
import { takeKeeperRole } from '../../store/keeper-role.ts'

const role = takeKeeperRole(process.argv[2] ?? '')
console.log('taken')
await pause(60_000)
role.release()
