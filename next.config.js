/**
 * Next serves the pages inside `server/main.ts`. Nothing of `server/` is bundled: pages reach it through the
 * accessor, so there is nothing to mark as external.
 *
 * @type {import('next').NextConfig}
 */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // The address that `npm run dev` prints; only `localhost` is allowed otherwise, and nothing hydrates.
  allowedDevOrigins: ['127.0.0.1'],
  // A lockfile further up in the file system is not ours.
  turbopack: { root: import.meta.dirname },
  // `npm run check` checks the types of everything; a start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Lets a page answer 403 with `app/forbidden.tsx`.
  experimental: { authInterrupts: true },
}

export default config
