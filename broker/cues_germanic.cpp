#include <array>

#include "broker/cues.hpp"

namespace tertius::reading {
namespace {

constexpr auto german_macros = std::to_array<Macro>({
    {Language::de, "FWD",
     "weiterleiten;weiterzuleiten;weitergeben;weiterzugeben;weiterreichen;vorstellen;vorzustellen;vermitteln;"
     "zu vermitteln;weitersenden;weiterschicken;bekannt machen;bekannt zu machen"},
    {Language::de, "SEE",
     "treffen;kennenlernen;kennenzulernen;sprechen;zu "
     "sprechen;telefonieren;reden;austauschen;auszutauschen;unterhalten;zu treffen"},
});
constexpr auto german_rows = std::to_array<CueRow>({
    {Language::de, Cue::idiom,
     "nicht nur;keine sorge;kein wunder;ja genau;wenn möglich danke;ohne zweifel;zweifellos;keine eile"},
    {Language::de, Cue::assent,
     "kein problem;gar kein problem;keine einwände;nichts dagegen;selbstverständlich;mit vergnügen;warum "
     "nicht $;von mir aus;überhaupt kein problem"},
    {Language::de, Cue::go,
     "leite|leiten ich|wir ~ weiter;ich leite ~ weiter;gebe|reiche|schicke ich ~ weiter;ich "
     "gebe|reiche|schicke ~ weiter;ich stelle ~ vor;werde ich ~ FWD;ich werde ~ FWD;gerne|gern FWD;^ "
     "leite|leiten ~ weiter;bitte leite|leiten ~ weiter;bitte FWD;^ FWD;ja FWD;können sie ~ FWD;kannst du ~ "
     "FWD;du kannst ~ FWD;sie können ~ FWD;dürfen sie ~ FWD;darfst du ~ FWD;ich kann ~ FWD;kann ich ~ "
     "FWD;bereit ~ FWD;freue mich ~ FWD;^ mach das;machen sie das;leite|leiten ~ gerne|gern weiter;stelle "
     "ich ~ vor;stelle|stell ~ gerne|gern vor;einverstanden;leite ich ~ gerne|gern weiter;vermittle "
     "ich|gern|gerne;ich vermittle"},
    {Language::de, Cue::meet,
     "gerne|gern SEE;freue mich ~ SEE;würde ich ~ SEE;ich würde ~ SEE;ich nehme ~ an;nehme ich ~ an;ich "
     "akzeptiere;einverstanden;stellen sie uns ~ vor;stell uns ~ vor;sie|er kann|darf sich ~ "
     "melden;soll|kann sich ~ melden;ich freue mich auf;möchte ich ~ SEE;ich möchte ~ SEE;klingt "
     "gut|interessant|spannend;freue mich auf"},
    {Language::de, Cue::refuse,
     "nicht FWD;nicht weiter;lieber nicht;leider nein;^^ nein $;kein interesse;keinen bedarf;kein "
     "bedarf;ablehnen;lehne ~ ab;ich passe $;möchte|will|kann|werde ich ~ nicht;ich möchte|will|kann|werde ~ "
     "nicht;kenne ~ nicht gut genug;kenne ~ nicht;kenne ~ kaum;keine zeit;nicht geeignet;passt nicht;nicht "
     "passend;bitte nicht;nicht interessiert;auf keinen fall;nicht wohl dabei;unangenehm;nicht der "
     "richtige;nicht die richtige;keinen kontakt mehr;muss ich ~ absagen;absagen"},
    {Language::de, Cue::later,
     "später;nicht jetzt;jetzt nicht;noch nicht;nicht vor;erst "
     "im|in|am|nach|nächste|nächsten|ab;frag|fragen|erinnere|erinnern|melde|melden|schreib|schreiben ~ "
     "mich|sie|dich|mir|bei ~ wieder|nochmal|noch|im|in|nach|am|ab|nächste|nächsten;im moment nicht;gerade "
     "nicht;derzeit nicht;diese woche nicht;diesen monat nicht;nicht diese woche;nicht diesen monat;ein "
     "andermal;bis ~ beschäftigt|weg|verreist|im urlaub;im urlaub bis;keine zeit bis;bin ~ bis;nach meinem "
     "urlaub;wenn ich ~ zurück bin;wieder fragen;nochmal fragen;melden sie sich;melde dich;warte bis;warten "
     "sie bis"},
    {Language::de, Cue::revise,
     "zu lang;zu kurz;zu vage;zu allgemein;zu "
     "unklar;kürzen;kürzer;ändern;änderung;überarbeiten;anpassen;ergänzen;umformulieren;korrigieren;"
     "tippfehler;schreibfehler;genauer;konkreter;präziser;bitte ~ "
     "erklären|erläutern|angeben|nennen|schreiben|streichen|weglassen|hinzufügen;mehr "
     "über|informationen|details|infos;was genau;worum geht;warum gerade|ausgerechnet|will|möchte|gail;wer "
     "ist;wie kennt;sollte ~ erklären|schreiben|sagen|erwähnen|dazu;müsste ~ "
     "erklären|schreiben|sagen|erwähnen;fehlt;fehlen;bräuchte ich ~ mehr;ich bräuchte ~ "
     "mehr;könnte|könnten|kann|können sie|er ~ erklären|kürzen|ändern|schreiben|ergänzen|schicken|sagen;neue "
     "version|fassung"},
    {Language::de, Cue::redirect,
     "frag|fragen|frage ~ lieber|besser|mal|doch;^ frag;^ fragen sie;wenden sie sich;wende dich;versuch es "
     "bei;versuchen sie es bei;besser wäre;kennt ~ besser;wäre ~ besser;wäre besser;ist ~ besser;der "
     "richtige ansprechpartner;die richtige ansprechpartnerin;bessere ansprechpartner*;probier es "
     "bei;stattdessen"},
    {Language::de, Cue::stop,
     "abmelden;abbestellen;austragen;keine mails|emails|nachrichten mehr;keine e mails mehr;keine weiteren "
     "mails|emails|anfragen;nie wieder ~ schreiben;nicht mehr an|anschreiben|schreiben;hören sie auf;hör "
     "auf;löschen sie meine;schreiben sie mir nicht;schreib mir nicht;schreiben sie mir nie;nie wieder;in "
     "ruhe lassen;lassen sie mich;aus dem verteiler"},
    {Language::de, Cue::negator,
     "nicht;nein;kein;keine;keinen;keiner;keinem;nie;niemals;nichts;niemand;ohne;weder;kaum;leider;ungern;nö;"
     "sorry"},
    {Language::de, Cue::condition,
     "wenn;falls;sofern;sobald;solange;bevor;außer;bis;erst;vorausgesetzt;ob;es sei denn;nur;nachdem"},
    {Language::de, Cue::contrast,
     "aber;jedoch;allerdings;doch;obwohl;sondern;trotzdem;dennoch;eigentlich;moment;warte;stattdessen;"
     "andererseits;scherz;quatsch"},
    {Language::de, Cue::hedge,
     "vielleicht;eventuell;möglicherweise;würde;würden;wäre;könnte;könnten;unsicher;bin mir ~ "
     "sicher;überlege;überlegen;mal sehen;wahrscheinlich;vermutlich;im prinzip;grundsätzlich;eigentlich;muss "
     "~ prüfen|fragen|klären;schaue;hätte;sollte;soll ich;normalerweise;hoffe"},
    {Language::de, Cue::reported,
     "sagt;sagte;meint;meinte;schrieb;schreibt;laut;angeblich;glaubt;denkt;fragte;gesagt;gemeint;"
     "geschrieben"},
    {Language::de, Cue::past,
     "weitergeleitet;habe;hat;hatte;bereits;schon;wurde;war;erhalten;bekommen;gelesen"},
    {Language::de, Cue::question,
     "was ist|will|genau|möchte;wer ist;warum;wieso;weshalb;wie lange;kannst du mir;können sie mir;ist das"},
    {Language::de, Cue::change,
     "kurz*;kürz*;erklär*;erläuter*;genau*;konkret*;ergänz*;änder*;schreib*;sagt;sagte;warum;was;mehr;"
     "weniger;besser;klar*;dazu;hinzu*;streich*;lebenslauf;überarbeit*;anpass*;fehler"},
    {Language::de, Cue::elsewhere,
     "leite|leiten ~ mir;an mich|mir;an die|den|das|der ~ weiter;an "
     "meine|meinen|meinem|einen|eine|jemand|jemanden|alle|ihn|deine|unsere|unseren ~;mir weiter;zurück "
     "an;selbst;selber"},
});
constexpr std::string_view german_common =
    "nachricht mail anfrage text sofort heute jetzt beiden hallo selbstverständlich natürlich klar werde "
    "freue freut absolut sicher auch dann also okay ok der die das und ich sie er es wir ihr ist sind bin "
    "ein eine einen einem einer nicht kein keine ja nein gerne gern bitte danke mit für von zu an auf im in "
    "den dem des weiter leite leiten weiterleiten aber wenn falls noch nur später mir mich dir dich uns "
    "ihnen ihm kann kannst können möchte würde wäre habe hat wie was wer warum wieder frag fragen sehr über "
    "auch nach am leider mal";

constexpr auto dutch_macros = std::to_array<Macro>({
    {Language::nl, "FWD",
     "doorsturen;door te sturen;doorgeven;door te geven;doorzenden;voorstellen;voor te "
     "stellen;introduceren;te introduceren;doorspelen"},
    {Language::nl, "SEE",
     "ontmoeten;te ontmoeten;spreken;te spreken;praten;te praten;kennismaken;kennis te "
     "maken;bellen;afspreken;leren kennen"},
});
constexpr auto dutch_rows = std::to_array<CueRow>({
    {Language::nl, Cue::idiom, "niet alleen;geen zorgen;geen haast;kijk uit naar;kijk ernaar uit"},
    {Language::nl, Cue::assent,
     "geen probleem;geen enkel probleem;geen bezwaar;met plezier;vind ik prima;waarom niet "
     "$;natuurlijk;uiteraard"},
    {Language::nl, Cue::go,
     "ik stuur ~ door;stuur ik ~ door;ik geef ~ door;geef ik ~ door;^ stuur ~ door;ja stuur ~ door;je mag ~ "
     "FWD;u mag ~ FWD;ik zal ~ FWD;zal ik ~ graag FWD;ik wil ~ FWD;wil ik ~ graag FWD;graag FWD;ik kan ~ "
     "FWD;kan ik ~ FWD;^ FWD;ja FWD;ik stel ~ voor;stel ik ~ voor;stuur ~ maar door;stuurt u ~ maar door;ga "
     "je gang;ga uw gang;^ doe maar;akkoord;ik doe het graag;doe ik graag"},
    {Language::nl, Cue::meet,
     "graag SEE;wil ~ SEE;zou graag SEE;zou ~ graag SEE;ik accepteer;akkoord;breng ons in contact;stel ons ~ "
     "voor;leuk om ~ SEE;klinkt goed|leuk|interessant;mag ~ bellen|mailen|schrijven"},
    {Language::nl, Cue::refuse,
     "niet FWD;niet door;liever niet;^^ nee $;^^ neen $;helaas niet;geen interesse;niet "
     "geïnteresseerd;weiger;wijs ~ af;kan ~ niet;wil ~ niet;ga ~ niet;ken ~ niet goed;ken ~ nauwelijks;ken ~ "
     "niet;geen tijd;niet geschikt;niet gepast;past niet;sla ~ over;bedank ~ voor;voel me ~ niet;geen "
     "contact meer;niet de juiste"},
    {Language::nl, Cue::later,
     "later;nu niet;niet nu;nog niet;niet voor;pas in|na|op|volgende;vraag|herinner|mail ~ "
     "later|opnieuw|weer|nog|in|over|na|volgende;deze week niet;niet deze week;deze maand niet;niet deze "
     "maand;momenteel niet;een andere keer;druk tot;tot ~ druk;op vakantie tot;als ik ~ terug ben;wacht "
     "tot;te druk"},
    {Language::nl, Cue::revise,
     "te lang;te kort;te vaag;te "
     "algemeen;korter;inkorten;aanpassen;wijzigen;veranderen;herschrijven;toevoegen;uitleggen;verduidelijken;"
     "specifieker;concreter;duidelijker;typfout;tikfout;spelfout;meer over|informatie|info|details;wat "
     "wil;wat precies;waarom wil|juist|gail|ik;wie is;hoe kent;kan|kun|kunt ~ "
     "uitleggen|aanpassen|sturen|toevoegen|vertellen|zeggen;zou ~ moeten uitleggen|zeggen|vermelden;moet ~ "
     "uitleggen|vermelden|korter;ontbreekt"},
    {Language::nl, Cue::redirect,
     "^ vraag;vraag ~ liever|beter|eens;vraag het ~ aan;probeer ~ eens;^ probeer;kent ~ beter;is ~ beter;zou "
     "~ beter;beter bij;neem contact op met;in plaats daarvan;juiste persoon ~ is"},
    {Language::nl, Cue::stop,
     "afmelden;uitschrijven;schrijf me uit;geen mails|mail|emails|berichten meer;geen e mails meer;stop "
     "met;nooit meer;niet meer mailen|schrijven|benaderen;verwijder mij|me|mijn;laat me met rust"},
    {Language::nl, Cue::negator,
     "niet;nee;neen;geen;nooit;niets;niemand;zonder;noch;nauwelijks;helaas;sorry;liever"},
    {Language::nl, Cue::condition,
     "als;indien;mits;tenzij;zodra;zolang;voordat;behalve;tot;pas;alleen;wanneer;nadat"},
    {Language::nl, Cue::contrast, "maar;echter;hoewel;toch;ofschoon;eigenlijk;wacht;behalve;daarentegen"},
    {Language::nl, Cue::hedge,
     "misschien;wellicht;zou;zouden;mogelijk;twijfel;niet zeker;even "
     "kijken;nadenken;waarschijnlijk;eventueel;in principe;moet ~ checken|vragen|nadenken|kijken;zal ik "
     "$;kunnen"},
    {Language::nl, Cue::reported, "zei;zegt;schreef;schrijft;vindt;denkt;volgens;dacht;gezegd;vroeg"},
    {Language::nl, Cue::past, "doorgestuurd;doorgegeven;heb;heeft;had;al;was;ontvangen;gelezen"},
    {Language::nl, Cue::question, "wat is|wil|bedoel;wie is;waarom;hoe kent;is dit;kun je me"},
    {Language::nl, Cue::change,
     "kort*;uitleg*;duidelijk*;specifiek*;concreet;concreter;meer;minder;aanpas*;wijzig*;toevoeg*;voegt;zegt;"
     "vertelt;vertel*;herschr*;waarom;wat;beter;fout*;schrijft;aangepast"},
    {Language::nl, Cue::elsewhere,
     "aan mij|mijn|iemand|hem|een|onze|jouw|iedereen|anderen ~;naar mij|mijn|iemand|een|onze|iedereen ~;mij "
     "door;zelf"},
});
constexpr std::string_view dutch_common =
    "bericht mail verzoek meteen vandaag natuurlijk zeker hallo dan uiteraard heel erg ok oké de het een en "
    "ik je jij u hij zij wij we ze is zijn ben niet geen ja nee graag stuur door doorsturen maar als dat dit "
    "die voor van aan op in met naar mij me mijn om te kan wil zou zal nog wel ook meer over deze week later "
    "vraag misschien hoor dank bedankt prima heb heeft wat wie waarom korter";

constexpr auto swedish_macros = std::to_array<Macro>({
    {Language::sv, "FWD",
     "vidarebefordra;skicka ~ vidare;skicka vidare;vidarebefordrar;skickar ~ vidare;skickar "
     "vidare;introducera;presentera;förmedla;förmedlar;sätta ~ i kontakt;introducerar"},
    {Language::sv, "SEE", "träffa;träffas;prata;höras;tala;ses;mötas;lära känna;ringas"},
});
constexpr auto swedish_rows = std::to_array<CueRow>({
    {Language::sv, Cue::idiom, "inte bara;ser fram emot;ser fram mot;ingen brådska;utan tvekan"},
    {Language::sv, Cue::assent,
     "inga problem;inget problem;med nöje;självklart;inget emot;går bra;absolut;varför inte "
     "$;javisst;naturligtvis"},
    {Language::sv, Cue::go,
     "jag FWD;gärna FWD;FWD gärna;^ FWD;ja FWD;kan ~ FWD;ska ~ FWD;får gärna FWD;du får FWD;vill ~ gärna "
     "FWD;glad ~ FWD;det gör jag gärna;^ kör på;^ gör det;varsågod FWD;snälla FWD"},
    {Language::sv, Cue::meet,
     "gärna SEE;träffar|ses|pratar ~ gärna;vill ~ SEE;skulle ~ gärna SEE;jag accepterar;låter "
     "bra|kul|intressant|trevligt;sätt oss i kontakt;presentera oss;kul att SEE;trevligt att SEE;får gärna ~ "
     "ringa|mejla|skriva"},
    {Language::sv, Cue::refuse,
     "inte FWD;FWD inte;skicka inte;skickar inte;helst inte;^^ nej $;tyvärr inte;tyvärr "
     "nej;avböjer;avböja;tackar nej;tacka nej;inte intresserad;inget intresse;kan ~ inte;vill ~ inte;känner "
     "~ inte ~ tillräckligt|väl|bra;känner ~ knappt;känner inte;ingen tid;inte lämpligt;passar inte;inte "
     "bekväm;avstår;inte rätt person;ingen kontakt"},
    {Language::sv, Cue::later,
     "senare;inte nu;inte än;inte förrän;inte före;fråga|påminn|mejla|hör ~ "
     "igen|senare|om|i|efter|nästa|av;inte den här veckan|månaden;inte denna vecka|månad;just nu inte;inte "
     "just nu;en annan gång;upptagen till|tills;bortrest till|tills;semester till|tills;när jag är "
     "tillbaka;vänta till|tills;efter semestern"},
    {Language::sv, Cue::revise,
     "för lång;för långt;för kort;för vagt;för allmänt;kortare;korta ner;ändra;ändringar;skriva om;skriv "
     "om;lägga till;lägg till;förklara;förtydliga;tydligare;mer "
     "specifik|specifikt|konkret|om|information|detaljer;stavfel;skrivfel;vad vill;vad exakt;varför "
     "vill|just|gail|mig;vem är;hur känner;behöver ~ mer|förklara|veta;kan ~ "
     "förklara|korta|ändra|berätta|skicka ~ mer;borde ~ förklara|nämna|säga;saknas"},
    {Language::sv, Cue::redirect,
     "^ fråga;fråga ~ hellre|istället;^ prova;^ testa;^ kontakta;känner ~ bättre;är ~ bättre;vore ~ "
     "bättre;passar bättre;hör av ~ till;istället;rätt person ~ är;vänd dig till;kontakta ~ istället"},
    {Language::sv, Cue::stop,
     "avregistrera;avprenumerera;inga fler mejl|mail|meddelanden;sluta;ta bort mig;skriv aldrig;skriv inte ~ "
     "igen|mer;kontakta mig inte;mejla mig inte;radera mina;lämna mig ifred"},
    {Language::sv, Cue::negator, "inte;nej;ingen;inget;inga;aldrig;utan;knappt;ej;varken;tyvärr;ledsen"},
    {Language::sv, Cue::condition,
     "om;ifall;såvida;förutsatt;så länge;så snart;innan;utom;förrän;när;tills;bara;endast"},
    {Language::sv, Cue::contrast, "men;dock;fast;även om;däremot;egentligen;vänta;istället"},
    {Language::sv, Cue::hedge,
     "kanske;skulle;möjligen;osäker;inte säker;fundera;funderar;tänka;eventuellt;troligen;nog;borde;vet "
     "inte;i princip;måste kolla|fråga;ska jag $"},
    {Language::sv, Cue::reported, "sa;sade;säger;skrev;skriver;tycker;tror;enligt;frågade"},
    {Language::sv, Cue::past, "vidarebefordrat;skickat;har;hade;redan;var;fått;läst;mottagit"},
    {Language::sv, Cue::question, "vad är|vill|exakt;vem är;varför;hur känner;är detta;kan du berätta"},
    {Language::sv, Cue::change,
     "kort*;förklar*;tydlig*;specifik*;konkret*;mer;mindre;ändr*;lägg*;skriv*;säg*;berätta*;varför;vad;"
     "bättre;fel;lade"},
    {Language::sv, Cue::elsewhere, "till mig|min|någon|en|honom|alla|andra|vår ~;själv"},
});
constexpr std::string_view swedish_common =
    "meddelandet mejlet genast idag hej självklart absolut visst naturligtvis då okej ok mycket och jag du "
    "han hon vi ni de det den en ett är var inte ingen ja nej gärna tack skicka vidare vidarebefordra men om "
    "att som för på av med till mig dig min din kan vill skulle ska har hade kanske senare fråga veckan "
    "månad vecka är så också mer kortare känner nästa";

}  // namespace

Lexicon german() { return {german_rows, german_macros, german_common}; }
Lexicon dutch() { return {dutch_rows, dutch_macros, dutch_common}; }
Lexicon swedish() { return {swedish_rows, swedish_macros, swedish_common}; }

}  // namespace tertius::reading
