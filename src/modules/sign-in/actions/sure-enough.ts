/** What is said to whoever would change the ways to sign in, but came less surely than once before. */
export const notSureEnough =
  'サインインの方法を変えるには、すでに結び付けてあるマイナンバーカードかGビズIDでサインインしてください'
