/** Under the header that the layout brings. */
export { NothingHere as default } from '#components/ui/closed-door.tsx'
