/**
 * More of what passwords are made of, in lower case: our own selection of first names, places, clubs, animals, food and things people like,
 * in the languages of most sign-ups. They count like the stems of `common-stems.ts`, by themselves and with the usual decorations.
 */
export const COMMON_NAMES: ReadonlySet<string> = new Set(
  `aaron abdul abdullah abhishek abracadabra acdc achim adam adele adgjmptw aditya adrian adriana adrien aerosmith afonso africa agnes
  agnieszka agustin ahmet aidan airplane aisha ajax ajay akash akira aktie aktien aladdin alain alan alaska alba albatross albert alberto
  albrecht aldo alejandra aleksander aleksandra aleksei alessandra alessandro alessia alessio alexandre alexei alexey alexis alfonso alfred
  alfredo alice alicia alicja alien alina alison allah alligator allison almond alonso alpha alright alvaro alyssa amazing amber ameise
  amelie amerika amina amir amit amitabh amnesia amparo amsterdam amy anaconda anais anakin ananas anand anastasia anchor andrei andres
  andrey andrzej aneta angela angeles angelika angelina angelo anil animal anita anjali anke ankit anleger ann anne anneliese annie
  anonymous antelope antje antoine anton antonella anu apfel apocalypse apricot araceli aragorn archer argentina ariana arianna arizona
  arjun arkham armadillo armin armor arnaud arne arrow artem arthur artur arturo arun asha ashok ashton ashwin assassin astrid athens
  atlanta atletico audrey aurelie aurore austin australia austria ava avatar avengers avocado awesome axel ayse azerbaijan backup bacon
  badboy badger badgirl badminton bagel balloon bangkok baptiste barbara barbie barca bargeld barracuda bartek bartosz basil bavaria beach
  beagle beata beate beatles beatrice beatriz beautiful beaver beckham becky beethoven beetle beijing belgium believe ben benfica benito
  benjamin benoit bernadette bernard bernd bernhard berry besiktas bestfriend beta beth bethany betty beverly beyonce bhavna bicycle bigboy
  bigdaddy bilal bioshock bird birgit birmingham biscuit bison bjoern blackberry blackhawks blackjack blade blake blanca bless blink
  blizzard blossom blueberry bluebird boca boerse bogota bologna bonnie bordeaux boris boss bosslady boston bowling boxer boxing boyfriend
  bozena brad bradley brandy bravo bread breeze brenda brent brett bridge bridget brigitte brisbane bristol britney brittany broccoli broker
  brooke brooklyn brownie bruce bruins bruna bruno brussels bryan bucharest budapest budget buffalo bull bulldog bulldogs bullet bulls burak
  burrito butter button cabbage caio cairo caitlin cake caleb calgary callofduty calvin camel camera cameron camila can canary candle candy
  canyon capital captain caracas caramel cardiff caribou carl carla carlo carmen carol caroline carolyn carrot carsten carter casey cash
  casino cassandra castle catalina catherine cathy cecile cecilia celebrity celine celtic celtics cem cereal cesar chad chair champagne
  champion champions change chantal chaos charlotte charm chase cheetah chelsey chen cheng chennai cheryl chess chester chevrolet chewbacca
  chiara chicken chiefs chihuahua chile chili chimpanzee chips chloe chocolat chopin chris christelle christina christine christophe
  christopher chrysler cindy cinnamon claire clara clarence classic claudia claudio clemens clement cleveland clifford clint clinton
  clock cloud cobra cocacola cocktail coconut cody cola coldplay colette colin cologne colombia colorado comet commander compass condor
  connor consuelo control cookies copenhagen coral corey corinne corn cornelia cosmos cougar counterstrike courage courtney coyote craig
  cream creative credit cristian cristina cristobal croissant crow crown cruiser crystal cuba cubs cucumber cupcake curry curtis cutie
  cutiepie cyborg cycling cynthia daemon dagger dagmar dakota dale dallas dalmatian damien dana danger danielle danny daria dario dariusz
  dark darkangel darkness darlene darren darthvader database dave davide dawid dawn deadman deadpool dean debbie debora deborah deepak
  deepika deer delfin delhi delphine delta denis denise deniz denmark dennis denver depeche depot derek desert desire desktop destiny detlef
  detroit devi diablo diamant diamond diana diane didier diego dieter dietmar digimon dima dinamo dinesh dinosaur diogo dirk discover disney
  dividend dividende divya doctor dodgers doggie doggy dollars dolores domenico dominic dominik dominique donna donut doris dorota dorothy
  dota doughnut douglas dove dream dreamer dreams dresden drummer duarte dubai dublin ducati duck dumbass dumpling duncan dusseldorf dustin
  dwayne dylan earl earth eberhard echo eckhard eclipse eddie edgar edinburgh edith edoardo eduardo edward edwin egor egypt eichhoernchen
  eileen ekaterina elaine eleanor elefant elena elephant elfriede eli elif elijah elisa elisabeth elise elke ellen ellie elodie elsa elvis
  emanuele emerald emilie emilio emily emotion emre engine engineer enigma enrico enrique ente erdbeere eric erica erich erik erika erin
  ernest ernesto erwin esel esperanza espresso esteban esther eternal eternity ethan ether ethereum etienne eugene europe eva evan
  evanescence evelyn everton evgeny evil evolution ewa excellent express extreme fabian fabien fabio fabrice fabrizio fairy fang fanta
  fantasia fantasy farid fashion fatboy fatma faye federica federico felipe felix female fenerbahce feng ferdinand fernanda fernando ferret
  feyenoord fifa fighter filip filipa filippo finalfantasy finance finanzen finch finland finn fiona fire fireball firefly fireman firenze
  fish flame flamengo flamingo flash flavio florence florian flyers fonds foobar forest forex fortress fortune fox foxtrot francais frances
  francesca francesco franco francois francoise frank frankfurt franklin franz franziska freak fred freddie freddy freeman frieda friedrich
  friendship fries fritz frog frost frozen fruit fuchs fucklove fuckme fund funky funny future gabber gabi gabriel gabriela gabriele
  gabriella gadget gaelle gail galatasaray galaxy galina gameboy gamer games gaming gang gangster garden garlic gary gateway gaurav gavin
  gazelle gecko geeta gemma general geneva genevieve genius gennady genova geoffrey georg georgia gepard gerald gerard gerardo gerda gerhard
  gerlinde gertrud getout gewinn gfhjkm ghjcnj ghost giacomo gianluca gianni giants gilbert gilles gina gingerbread giorgia giorgio giraffe
  girl girlfriend girls gisela gitarre giuseppe glacier gladiator glasgow glenn global gloria glory goalie goat goddess godfather godzilla
  goldfish golfer gollum goncalo gonzalo goodbye goodluck goofy gopal gordon gorilla gorillaz gosia gothic gottfried gracias graciela
  graduate graham grandma grandpa grant grape grazyna greatest greece greenday greg gregory greyhound grizzly groot grzegorz guacamole
  guadalupe guardian gudrun guenter guido guillaume guillermo guitarist gummibaer gummy guns gunther guo guppy gustav gustavo gwen gymnast
  hacked hai hakan halo hamburger hamid hamilton hammer hammers hamster hamza handy hannover hans happiness happyday harald harbor hardcore
  hardrock hari harish harold harriet harrison hartmut haruka harvey hasan hassan havana hawaii hawk hayley hazelnut headshot heart hearts
  heather heavymetal hector hedge hedgehog heidi heike heiko heinrich heinz helen helene helga helicopter hellokitty helmut helpme helsinki
  hendrix henry herbert heritage hermann hermione hernan hero herve hildegard hiphop hiroshi hirsch holger holiday holland holly hollywood
  holyshit homeboy homework honesty hong hongkong horizon horst hotdog hotgirl hotspur hotstuff housewife houston howard hua hubert hugo hui
  hulk humberto hummer hummingbird hungary hunter hurricane huseyin hussein hyena hyun ian ibrahim iceberg icecream iceland idontknow
  ignacio iguana ilaria illidan illinois iloveme iloveu ilse imagine impala imran income incorrect indiana indigo indira indonesia ines
  infinity inge ingrid inna insane inside inspire insurance intel inter inuyasha investment invisible iran iraq irene irina irmgard isaac
  isabel isabella isabelle isaiah isla island ismael ismail isolde israel istanbul ivana iwona jacek jack jackass jacket jackie jackson
  jacob jacqueline jacques jade jaguar jakarta jake jakub jamaica jamal jamie jane janet janice janusz japan jared jaroslaw jasmine jason
  jasper javier jay jazz jeanne jedi jeep jeff jeffrey jelly jellybean jenny jens jeremy jerkoff jerome jerry jerusalem jesse jesuschrist
  jewel jian jihoon jill jim jimin jimmy jing jisoo joachim joan joana joanna joanne joao joaquin jocelyne jochen joe joel joerg johann
  johanna johannes johndoe joker jon jonas jonathan jorg jorge josefa josephine josiane journey joyce judith judy juergen juice julian julie
  julien juliette julio jumper jun jungle junior justdoit justice justine justme justyna jutta jyoti kaan kacper kai kamil kangaroo
  kaninchen kansas karachi karate karen karim karin karl karol karolina karsten kartoffel kasia kasse katarzyna kate katherine kathleen
  kathrin kathryn kathy katie katja katrin katya kavita kawasaki kayla kebab keiko keith kelly kemal ken kenji kenneth kenny kenobi kentucky
  kerala kermit kerry kerstin ketchup keyboard khadija khalid killme kimberly kiran kirby kirill kirk kirsche kishore kiss kisses kissme
  kitten kiwi klara klaus knight knowledge koala kobe koeln kolkata konrad korea korn kostya kredit kristen kristin kristina krokodil
  krystyna krzysztof ksenia kuba kumar kurt kuwait kyle labrador lacrosse ladder ladygaga laetitia lagoon lahore lake lakshmi lalit lambo
  lamborghini lance larisa larry lasagna laser lauren laurent laurie lava lawrence layla lea leaf leagueoflegends leah lee leeds legend
  legia legolas lei leicester leipzig lemon lemonade lennon leo leon leonard leonardo leonid leonie leonor leopard leslie leticia letsgo
  leverage lewis lexus liam liberty life light lightning lightsaber lille lillian lima lime limited linda lindsay lindsey ling link
  linkinpark litecoin littleone liu lizard llama loan lobster loewe logan loic lois lol lollipop lollol long lordoftherings lorena lorenza
  lorenzo loretta lori loser lothar lotus louis louise lourdes loveme lovers loveu lucas lucia luciano lucie lucifer lucy ludmila ludovic
  luffy luigi luisa lukas lukasz luke lutz lydia lynn lynx lyon macaroni macbook maciej mackenzie madeleine madeline madison madness madonna
  mafalda magda magdalena magical magneto mahesh mahmoud malaga malaysia malcolm malgorzata malta mammoth manager mandarin mandy manfred
  mango manhattan manila manish manoj manon manuel manuela maradona marathon marcel marcela marcella marcia marcin marcos marcus marek maren
  margaret margarete margarita margherita margit marguerite mariam marian mariana mariangela marianne maribel maricarmen marienkaefer
  marilyn marina marine marines marion marissa mariusz marjorie marketing marlene marley marmalade marseille marsha marshall marta martina
  martine marvel marvin mary maryam maserati masha mason massimo mateo mateusz mathew mathias mathieu mathilde matilde matteo matthias
  mattia maureen maurice mauricio maurizio mauro maverick mavericks maxim maxime maximilian maxwell mazda meadow mechanic meena meera
  meerkat megadeth megan mehmet mei meike melanie melbourne melissa melon melvin memories memory memphis menace mercury mercy meredith
  merlin merve message messi meteor metroid miami michaeljackson michal michela michele michigan midnight mika mikhail mikolaj milan milano
  mildred miles milk milkshake million millionaire ming minho minji minnesota mint miracle miranda miriam mirko misfits misha missouri misty
  mitchell mitsubishi miyuki mobile mocha modern mohammad mohammed mohan molly monaco mond moneymaker mongoose monica monika monique monster
  montreal moonlight moose mordor morgan morgane moritz morning morocco morpheus mortgage mosquito motocross motor motorcycle motorola
  mountain movie mozart muffin mukesh mumbai munchkin murat murder muse mushroom mustafa mustard mylove mynoob myself myspace mystery nacho
  nadezhda nadia nadine nadja nairobi nancy nandini nantes naoko naomi napoli narendra nascar nasdaq nashville nasser nastya natalia natalie
  nathalie nathan nathaniel natural nature naveen navy neha neil neo nevada newcastle newlife newpass newpassword newyear neymar nick nicola
  nigel nigeria night nikhil nikita niklas nikolai nina ning ninja nisha nissan nitin noah noel noodle noor nora norbert norma norman norway
  nottingham nuernberg number nuno nuria nurse nutella nuts oatmeal obiwan ocean octavio octopus odile officer ohio oklahoma oksana olaf
  oleg olive oliver olivia olivier omega omelette omer onepiece onion online ontario opel opensesame operator optimist optimus option
  options orca orchid oregon oreo original orlando oscar oskar oslo osman ostrich ottawa otter otto outlaw outlook overwatch owen owl oxford
  oyster ozzy pablo pacific pacman padme padres pakistan palermo paloma pamela panama pankaj panther paok paola paolo papagei papaya
  papillon paprika paradise paraguay parol parrot partner pasadena pascal pascale pasquale pass passion pasta patricia patriots patrizia
  pauline paulo pavel pawel payday paypal peach peaches peacock pear pearl pedro peewee pelican penelope peng penguin penguins penny pension
  pepperoni pepsi perfect perry personal peru peterpan petra peugeot peyton phantom philadelphia philip philippe philippines phillip phoebe
  photo phyllis pia pickle pie pietro pigeon pilar pilot pimpin pineapple ping pinguin pinkfloyd pinkie piotr piranha pirate pirates
  pistachio pittsburgh planet platinum playboy player plum poker poland police polina polska pontiac pony poodle pooja popcorn popeye
  portland porto portugal positive postman potato potter pradeep prague prakash prasad prashant praveen preciosa precious predator preeti
  pretty pretzel print prodigy profit project promise przemek pudding puma pumpkin punk puppies python qiang qing quake quarterback quebec
  queensland quentin rabbit raccoon racer rachel racing radek radha radio radiohead rafael rafal raffaele rain rainbow rainer rainy raj raja
  rajesh raju rakesh ralf ralph ram rambo ramesh ramiro rammstein ramon ramones randall random randy ranger rangers rani raphael raquel
  rashid raspberry rat raul raven ravens ravi ravioli ray rayman raymond rebecca rebel rebelde recovery redbull redneck redskins redsox
  redwings reggae regina reiner reinhard rekha remi renate renato renault rendite rene renee rente reptile reset resident respect revolution
  revolver rhino rhonda rhubarb ricardo riccardo rice rider rihanna riley rio risotto rita ritu river riyadh roberta roberto robin robocop
  robot rocio rocket rodrigo rogelio roger rohan rohit roland rolf rolling roma romain roman romance romania romantic romeo ronald ronaldo
  rong ronnie rooney rooster rory rosa rosario rosemarie rosemary ross rottweiler router roy royal ruben ruby rudi rudolf ruediger rui
  runner running ruslan russell russia ruth ryszard ryu sabine sabrina sachin sacramento saeed sahara sailing sailor saints sakura salad
  salamander salami sally salma salmon salvador salvatore salzburg samantha samir sample samson samuel samurai sand sandeep sandiego
  sandrine sandwich sanjay sanjeev santa santiago santosh saopaulo sapphire sara sarita sascha sasha sasuke satish satoshi sauron sausage
  savannah savings saxophone sayang scarface scarlet schildkroete schmetterling schnitzel schumacher scooby scoobydoo scooter scorpio
  scorpion scorpions scott sea seagull seal sean seattle sebastien secure selin semperfi senna seoul serena serge sergei sergio serkan
  service seth severine sevilla shakira shalom shane shanghai shankar shannon sharma sharon shaun shawn sheep sheffield sheila shelby
  shepherd sherry shine shirley shiva shivam shooter shopping shorty shrek shreya shweta siberia sidney siegfried sienna signal sigrid
  silence silke silvana silvia simon simona simone simple simran sims singapore singer skateboard skater skiing skipper skittles skoda skunk
  sky skyrim skywalker slava slawek slayer sloth slovakia slut smart smiley smokey smoking smoothie sneha snickers sniffer sniper snow
  snowboard snowflake snowman sofia softail softball solange soldier soledad solution someday sonia sonic sonja soojin soulmate soundgarden
  soup southpark spaghetti spain spanky sparen sparkasse sparrow spartak spartan special speed spencer spinach spirit spock sponge spongebob
  sporting sprite spurs squirrel stacey stadium stallion stanislaw stanley starbucks stargate starlight startrek startup status steak
  stefania stefanie stefano steffen stephane stephen sternchen steuer steve steven stewart stingray stinky stitch stock stockholm storm
  stranger strawberry stream striker strong stuart stupid stuttgart subaru success sugar sunflower sunil sunita sunny sunrise sunset
  superstar support supreme suresh surfer surfing survivor susan susana susanne sushi sven svenja sveta svetlana swan swati sweden sweet
  sweetheart sweetpea swimmer swimming switzerland sword swordfish sydney sylvain sylvia sylvie sylwia syria systemofadown szymon taco
  tadeusz taiwan takashi takeshi tamara tammy tampa tanaka tank tanvi tanya tara tarantula tariq tarun tarzan tatiana tattoo tatyana tax
  taylor tea techno technology ted teddy teddybear teenager tehran telecom telefon tennessee tequila teresa terminator terrier terry tesla
  teufel thailand thankyou thebest theboss theking theo theodore theone theresa thiago thibault thierry thor thorsten thuglife thunder
  thunderstorm tiago ticket tiffany tigger tilo tim time timothy tina ting tinker tinkerbell titanic toad toast tobias todd tofu toilet
  tokiohotel tomas tomasz tomate tomato tomek tommaso tommy tomoko tony topgun topsecret torino tornado toronto torsten tortoise total
  tottenham toulouse tracey trackstar tractor tracy trade train transformers travis treasure treasury tree trevor triathlon trinity triple
  trouble troy truelove trumpet trust trustme trustnoone truth tsunami tulip tuna tunisia tupac turbo turkey turkiye turtle twilight twister
  tyson uday udo ukraine ulrich ulrike uma umberto umut undertaker universe unknown upload ursula urszula username usman utah ute uwe
  vacation vadim valencia valentin valentina valentine valera valeria valerie valerio valley valorant value vampire vancouver vanessa
  vanilla varun vasily vegas vegeta venezia venezuela venice vera verena vermont vernon verona veronica veronique vespa vicente vicki victor
  victoria victory vietnam vijay vikas vikings vikram viktor viktoria village vinay vincent vincenzo vinod violet violin viper virgin
  virginia virginie virus visa vishal visitor vitaly vitoria vittorio vivek vivian vlad vladimir vodafone vogel volcano volcom voldemort
  volker volkswagen volleyball volodya volvo vova voyager vulture waffle wales wallet wallstreet walnut walrus walter waltraud wanda wang
  warcraft warez warhammer warlord warren warrior warriors warsaw warszawa warthog washington water waterfall watermelon wave wayne wealth
  weasel weather website wedding weed weekend wei wellcome wen wendy werewolf werner wesley westside whale whatsup whiskey whitney whocares
  wicked wien wiktor wildcat wildcats wilhelm willi willow wilma wind window winner winston wireless wisconsin wisdom witcher wizard woaini
  woaiwojia wojtek wolfgang wolverine wombat wonder wonderful woodland woodpecker woodstock worker world wrestler wrestling wyoming xanadu
  xavier xiang xiao ximena xin yacht yak yamada yana yang yann yash yasmin yesterday ying yoda yoga yoghurt yoko yolanda yolo yong yorkshire
  young yourself youssef yugioh yuki yulia yumi yuna yuri yusuf yves yvonne zachary zagreb zahra zain zbigniew zebra zeynep zhang zhao zheng
  zhenya zhou zidane zinsen zipper zitrone zoe zofia zucchini zuzanna`.split(/\s+/),
);
