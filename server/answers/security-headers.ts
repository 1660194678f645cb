// What browsers are told with every answer: run only our own files, inside no frame, and tell nobody where from.

import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const self = "'self'"
const none = "'none'"

/** No inline script or style; pictures may be data: addresses. No Strict-Transport-Security: http at home must go on. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: [self],
    scriptSrc: [self],
    styleSrc: [self],
    imgSrc: [self, 'data:'],
    connectSrc: [self],
    fontSrc: [self],
    manifestSrc: [self],
    workerSrc: [self],
    objectSrc: [none],
    baseUri: [none],
    formAction: [self],
    frameAncestors: [none],
  },
  permissionsPolicy: { camera: false, microphone: false, geolocation: false, payment: false, usb: false },
  strictTransportSecurity: false,
  originAgentCluster: false,
  xFrameOptions: 'DENY',
})

/** Whatever does not say how long it may be kept may not be kept at all. */
export const noStore = createMiddleware(async (c, next) => {
  await next()
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
})
