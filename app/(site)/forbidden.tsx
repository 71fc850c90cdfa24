/** Under the header that the layout brings. */
export { NotAllowed as default } from '#components/ui/closed-door.tsx'
