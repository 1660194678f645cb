// A HEAD request runs the route of GET and drops the body; where GET changes something, HEAD must not.

import { createMiddleware } from 'hono/factory'
import { answerWrongMethod } from './problem-answer.ts'

/** Answers HEAD with 405, naming the methods that work. */
export const noHead = (...allowed: readonly string[]) =>
  createMiddleware(async (c, next) => (c.req.method === 'HEAD' ? answerWrongMethod(c, allowed) : next()))
