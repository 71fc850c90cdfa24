/** The start of the server: `npm start`, and `npm run dev`. */
import { serve } from './serve.ts'

await serve()
