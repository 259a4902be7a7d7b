/**
 * What leaked passwords are made of, in lower case: our own selection of words, names and walks over the keyboard, in the languages of
 * most leaks. A password that is one of these with the usual decorations (digits, a year, signs, letters written as digits, doubled) is
 * one of the first that are tried. Words of three letters and more.
 */
export const COMMON_STEMS: ReadonlySet<string> = new Set(
  `password passwort passwd motdepasse contrasena contraseña clave senha parola haslo heslo geheim secret secreto login welcome willkommen
  bienvenue hello hallo hola bonjour admin administrator root toor user guest test tester testing demo default master system server
  changeme letmein access enter open please temp temporary qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdf asdfgh asdfghjkl
  zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc wsxedc qweasd qweasdzxc qweqwe asdasd zxczxc qwe asd zxc abc abcd abcde abcdef abcdefg abcdefgh
  aaa abcabc xyz love iloveyou loveyou lovely lover liebe teamo jetaime amor amore schatz darling honey sweetie baby babygirl angel angels
  princess prinzessin prince king queen lady sunshine sonne sun moon star stars stella flower blume rose lily daisy butterfly summer sommer
  winter spring autumn herbst january february march april may june july august september october november december januar februar
  monday tuesday wednesday thursday friday saturday sunday montag freitag samstag sonntag
  football fussball soccer baseball basketball hockey tennis golf rugby cricket liverpool arsenal chelsea manchester united barcelona
  realmadrid madrid juventus bayern dortmund schalke hsv yankees lakers cowboys steelers raiders eagles packers
  superman batman spiderman ironman starwars pokemon pikachu naruto goku mario zelda minecraft fortnite roblox matrix hobbit gandalf frodo
  harrypotter hogwarts simpsons homer garfield snoopy mickey minnie donald tweety
  dragon tiger lion wolf eagle falcon monkey donkey horse pferd dog hund puppy cat katze kitty bear bunny hase mouse maus panda dolphin
  shark snake spider phoenix unicorn buddy bailey bella lucky max rocky shadow ginger pepper cookie peanut coffee kaffee chocolate
  schokolade banana apple orange cherry cheese pizza burger vodka whisky beer bier wine
  michael mike thomas tom andreas stefan peter paul mark martin daniel david john johnny james robert bob william george charlie charles
  joshua andrew matthew anthony joseph jordan kevin brian justin brandon ryan tyler nicholas alexander alex sebastian christian patrick
  jennifer jessica michelle nicole ashley amanda sarah sandra stephanie elizabeth maria anna julia laura lisa sophie emma mia lena hannah
  carlos jose juan luis miguel antonio francisco alejandro andrea daniela ana giovanni marco luca giulia pierre jean marie camille nicolas
  ivan sergey dmitry natasha olga igor mohamed muhammad ahmed ali fatima omar krishna ganesh rahul priya
  computer laptop internet windows microsoft google facebook twitter instagram linkedin youtube yahoo hotmail gmail samsung iphone android
  nokia sony playstation xbox nintendo network security hacker hack cyber linux ubuntu debian oracle mysql postgres cisco dell
  money geld dollar euro bitcoin crypto bank business company firma office work job school schule student teacher college university
  freedom peace power magic music musik guitar piano rock metal metallica slipknot nirvana eminem rapper
  jesus christ god gott heaven faith hope grace blessed bible angelica church killer death devil satan hell zombie
  fuck fucker fuckyou fuckoff shit bitch asshole sexy sex porn pussy dick
  america american usa canada london paris berlin hamburg munich vienna zurich rome madrid lisbon moscow tokyo china india mexico brazil
  germany deutschland france italia espana england scotland ireland texas california chicago newyork florida
  black white blue red green yellow purple silver gold golden orange pink schwarz weiss rot blau
  family familie mother mama mom father papa dad daddy sister brother friend friends forever always never nothing something whatever
  trustno cool super happy smile crazy wild fast best good bad big little new old first last one two three four five six seven
  mercedes bmw audi porsche ferrari ford mustang corvette camaro toyota honda yamaha suzuki harley
  holdfast portfolio trading trader stocks market invest investor account konto benutzer private`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
