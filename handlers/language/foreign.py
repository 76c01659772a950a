"""Words that tell the other languages: function words, greetings and what people write to an office about.

In lower case, as spelt. A word may stand in several lists; the weighing sorts that out.
"""

from typing import Final

from handlers.language.letters import strip_marks
from handlers.language.words import as_words

ENGLISH: Final = as_words(
    """
    plz idk nah baby
    i u you he she it we they me him her us them my your his its our their mine yours this that these those
    who whom what which where when why how a an the and or but if because so than then as of at by for with
    about against between into through during before after above below to from up down in out on off over
    under again there here all any both each few more most other some such no nor not only own same too very
    can will just should now am is are was were be been being have has had having do does did doing would
    could may might must shall let get got give given go going gone went come came make made take taken see
    saw seen know known think want wanted need needed use used find found tell told ask asked work works
    working call called try help helped show say says said hi hello hey bye goodbye thanks thank sorry please
    pls yes yeah yep nope welcome good morning afternoon evening night nice great fine day days week weeks
    month year today tomorrow yesterday time hour hours open opens close closed opening late early new old big
    small bad dirty broken repair repaired fix fixed street streets light lights lamp road roads house home
    water power electricity outage garbage trash waste rubbish bin noise noisy neighbour neighbor neighbours
    neighbors flood flooded flooding hole pothole bridge school hospital market office officer official people
    people's committee commune village ward district province city town police passport visa permit residence
    temporary register registered registration certificate birth marriage death land document documents paper
    papers form application apply submit renew extend extension card number phone address idea name english
    vietnamese foreigner foreigners tourist landlord rent tenant contract tax fee pay paid money cost much
    many long how's what's where's report reported reporting complaint complain problem issue question answer
    answered reply response speak talk anyone anybody someone somebody nobody everything something nothing
    everyone one two three first last next still already yet always never often every also even back front
    near behind door side since until while dog dogs animals child children kids wife husband mother father
    family friend son daughter man woman smell smells smoke burning loud drain sewer blocked leak leaking tree
    fallen cut dangerous safe accident car truck motorbike station collected collect cancel stop start menu
    wait waiting sent send message wrong right correct meeting meetings attend join live lives lived living
    lost stolen receive received check status information procedure required require married born foreign
    driver license driving insurance health doctor sick mr mrs ms miss sir madam well don't doesn't can't i'm
    i've it's isn't didn't haven't hasn't won't language change understand page website connection
    internet slow fast able unable keep keeps put left really around nowhere anymore ago later soon maybe sure
    agree disagree appreciate understood sounds urgent emergency danger fire ambulance injured theft thief
    stealing robbery fighting drunk gambling landslide storm typhoon rain raining rains wind mud dust
    pollution polluted sewage overflow floods river canal pond beach sea rice field fields farm farmer farmers
    pig pigs chicken chickens cow cows buffalo fish mosquito mosquitoes rats snake snakes insects medicine
    vaccine vaccination clinic nurse pregnant elderly disabled poor kitchen bathroom toilet roof wall gate
    fence window building construction factory traffic parking sidewalk pavement pole wire wires cable pipe
    pipes pump wells bulb lamps signal loudspeaker music party temple church pagoda shop store seller vendor
    vendors tourists guest guests owner citizen citizens resident residents local authority government
    chairman secretary leader staff department service services law rule rules fines penalty permission
    certificates licence notary stamp signature copy translate translation deadline date dates appointment
    schedule queue result results refund benefit benefits pension allowance subsidy salary job business
    company worker workers student students teacher teachers class kindergarten university citizenship
    identity account password forgot forget remember delete remove add edit update upload photo picture attach
    attached resend share confirm accept reject refuse decline submitted finish finished done begin ready busy
    free available unavailable impossible possible necessary important terrible awful horrible annoying angry
    happy glad unhappy disappointed unfair corrupt useless excellent perfect amazing awesome cool exactly
    absolutely course cheers regards dear greetings hiya hope wish let's letter read write writing listen hear
    watch look looking move moved build built buy sell cook clean cleaned cleaning wash throw throwing thrown
    dump dumped dumping burn burned burnt damage damaged destroyed collapsed collapse crack cracked lack
    without within another lots lot little less least quite almost enough else instead together alone
    everywhere somewhere everyday weekend monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december black white red green blue
    cold warm dry wet dark bright heavy
    """
)
_FRENCH_AS_SPELT: Final = as_words(
    """
    je tu il elle nous vous ils elles on me te se le la les un une des du de au aux ce cet cette ces mon ma
    mes ton ta tes son sa ses notre nos votre vos leur leurs et ou où mais donc car que qui quoi quand comment
    pourquoi combien quel quelle quels quelles dans sur sous avec sans pour par chez entre devant derrière
    avant après depuis pendant est sont suis es êtes sommes était être avoir ai as avons avez ont fait faire
    peux peut pouvez puis puis-je voudrais veux voulez dois doit faut aller vais va ça ne pas plus très trop
    bien mal aussi encore toujours jamais déjà ici là bonjour bonsoir bonne bon journée soirée nuit salut
    merci beaucoup oui non pardon excusez moi toi lui plaît plait revoir bientôt aide aidez aujourd'hui demain
    hier heure heures jour jours matin soir mairie bureau rue route maison eau électricité poubelle poubelles
    ordures bruit voisin voisins acte naissance mariage certificat passeport carte identité papiers document
    documents demande question réponse adresse numéro téléphone fermé ouvert ouvre ferme cassé cassée
    lampadaire inondée inondé problème enfant enfants mari femme ans a à y en d'accord c'est j'ai habite
    obtenir trouver trouve parle parlez français anglais village terrain chien chiens école hôpital voilà
    urgent urgence accident incendie feu pluie inondation courant panne travaux police voleur madame monsieur
    svp poste quartier réclamation plainte formulaire réunion inscription renseignement information travail
    argent payer signaler déclarer inscrire attendre attends comprends comprend sais sait marche vite grave
    cher
    """
)
# Many type French without accents on a Vietnamese keyboard.
FRENCH: Final = _FRENCH_AS_SPELT | {strip_marks(word) for word in _FRENCH_AS_SPELT}
GERMAN: Final = as_words(
    """
    ich du er sie es wir ihr mich dich uns euch mir dir ihm ihnen mein meine meinem meinen meiner dein ihre
    ihren unser unsere unserer unserem unseren unserm der die das den dem des ein eine einen einem einer kein
    keine und oder aber weil wenn dass ob wie was wer wo wann warum welche wohin ist sind bin bist war waren
    sein haben hat habe hatte wird werden kann können könnte möchte muss müssen soll will wollen darf nicht
    nur noch schon sehr viel viele auch hier dort heute morgen gestern jetzt immer nie in im an am auf aus bei
    mit nach von vom vor zu zum zur für über unter gegen ohne seit durch hallo guten tag abend nacht danke
    dank bitte ja nein entschuldigung tschüss wiedersehen herr frau straße strasse straßenlaterne haus wasser
    strom müll lärm nachbar nachbarn kaputt büro amt rathaus öffnungszeiten geöffnet geschlossen uhr antrag
    formular geburtsurkunde ausweis reisepass pass hilfe helfen frage fragen antwort brauche melden anmelden
    gibt geht gut schön vielen herzlichen kind kinder deutsch sprechen verstehe jemand mal alles klar feuer
    polizei unfall krankenhaus arzt schule brücke regen hochwasser überschwemmung stromausfall termin
    beschwerde anmeldung adresse telefonnummer nummer sprache bezahlen kostet kosten warten dringend schnell
    genau natürlich leider vielleicht wichtig schlecht schmutzig dunkel laut hund hunde baum morgens
    """
)
SPANISH: Final = as_words(
    """
    yo tú él ella nosotros ustedes ellos el la los las un una unos unas de del al y o pero porque que qué
    quién cómo cuándo dónde donde cuánto por para con sin en sobre entre desde hasta es son está están soy
    estoy hay tengo tiene quiero necesito puedo puede muy más no sí hola gracias muchas buenos buenas días
    tardes noches favor adiós señor señora mi mis tu su sus este esta calle casa agua luz basura ruido oficina
    ayuda pregunta problema hora abre cierra
    """
)
INDONESIAN: Final = as_words(
    """
    saya aku kamu anda dia kami kita mereka yang dan atau tetapi karena dengan untuk dari ke di pada ini itu
    apa siapa kapan dimana mana bagaimana berapa tidak bukan belum sudah akan bisa ada adalah mau ingin terima
    kasih selamat pagi siang sore malam tolong maaf rumah jalan rusak air listrik sampah kantor jam buka tutup
    surat banyak sekali halo
    """
)
HMONG: Final = as_words(
    """
    nyob zoo kuv koj nws peb nej lawv ua tsaug thov tsis yog puas tau mus los txog hais xav paub dab tsi li
    cas qhov twg leej thiab tab sis lub tus cov no ntau kev tsev dej hluav taws xob xib hwm niam txiv me nyuam
    tub ntxhais pab kuj tseem lawm ib ob rau nrog ntawm hauv sab ntawv zos teb nuj nqis hnub hmo kho phem mob
    noj
    """
)
