// The address that another phone opens to be paired.

import type { Context } from 'hono'
import type { Services } from '../services.ts'
import { outsideAddress } from './outside-address.ts'

/** The code stands behind `#`, so that no server and no log on the way sees it. */
export const invitationLink = (
  c: Context,
  services: Pick<Services, 'remoteAddress' | 'settings'>,
  code: string,
): string => `${outsideAddress(c, services)}/#pair=${code}`
