/**
 * Passwords of eight characters and more that stand at the top of every list of leaked ones: our own short selection,
 * written in lower case. Shorter ones are refused by their length.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 password! password1! password123! passw0rd p@ssw0rd p@ssword pa$$word
  passwort passwort1 passwort123 motdepasse contraseña contrasena azertyuiop 12345678 123456789 1234567890 12345678910 123456789a
  87654321 987654321 0987654321 9876543210 01234567 0123456789 11223344 1122334455 12341234 123123123 123321123 147258369 159753456
  11111111 111111111 1111111111 00000000 000000000 88888888 66666666 99999999 12121212 13131313 10101010 123454321 20202020
  qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwertz123 qwertzui qwertzuiop 1qaz2wsx 1qaz2wsx3edc qazwsxedc qweasdzxc
  q1w2e3r4 q1w2e3r4t5 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y zaq12wsx zaq1zaq1 asdfghjk asdfghjkl asdfasdf asdf1234 zxcvbnm1 zxcvbnm123
  abcd1234 abc12345 abcdefgh abcdefg1 a1b2c3d4 a1234567 aa123456 aa12345678 a123456789 1234abcd 1234qwer 123qweasd 123qwe123 qwer1234
  iloveyou iloveyou1 iloveyou2 ilovegod princess princess1 sunshine sunshine1 football football1 baseball baseball1 basketball
  superman superman1 batman123 spiderman starwars starwars1 pokemon1 pokemon123 michael1 michelle jennifer jessica1 charlie1 jordan23
  welcome1 welcome12 welcome123 welcome1! welcome@123 letmein1 letmein123 trustno1 whatever whatever1 computer computer1 internet
  dragon123 monkey123 shadow123 master123 killer123 hunter22 freedom1 liverpool chelsea1 arsenal1 manchester barcelona realmadrid
  administrator admin123 admin1234 admin12345 admin@123 adminadmin root1234 rootroot toor1234 changeme changeme1 changeme123 change123
  default1 default123 guest123 test1234 test12345 testtest testing1 testing123 temp1234 temporary secret12 secret123 mypassword
  mypassword1 yourpassword newpassword nopassword letmeinnow samsung1 samsung123 google123 facebook facebook1 linkedin qwerty!@#
  !qaz2wsx 1qaz@wsx zxcvbnm, asdfqwer blink182 lovelove fuckyou1 fuckoff1 bitcoin1 holdfast holdfast1 holdfast123 portfolio portfolio1
  january1 february summer2023 summer2024 summer2025 summer2026 winter2023 winter2024 winter2025 winter2026 spring2025 spring2026
  autumn2025 autumn2026 company1 company123 business unknown1 access14 pass1234 pass12345 pass@123 pass@1234 passpass 1password`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
