/** Sign-in, sign-out and the session, as next-auth answers them with this server's options. */
import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { services } from '#server/accessor.ts'

interface RouteContext {
  params: Promise<{ nextauth: string[] }>
}

// Asked for with each request: the services are there only once the server runs, not while it is built.
const handle = (request: NextRequest, context: RouteContext) =>
  NextAuth(request, context, services().authOptions)

export { handle as GET, handle as POST }
