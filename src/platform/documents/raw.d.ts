/** Text files that Vite hands over as they are. */
declare module '*?raw' {
  const text: string
  export default text
}
