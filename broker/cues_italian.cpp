#include <array>

#include "broker/cues.hpp"

namespace tertius::reading {
namespace {

constexpr auto italian_macros = std::to_array<Macro>({
    {Language::it, "FWD",
     "inoltrare;inoltrarlo;inoltrarla;inoltrarglielo;girare;girarlo;girarla;girarglielo;presentare;"
     "presentarli;presentarvi;presentarla;passare;passarlo;passarglielo;trasmettere;metterli in "
     "contatto;mettere ~ in contatto;fare la presentazione;fare da tramite"},
    {Language::it, "SEE",
     "incontrare;incontrarla;incontrarlo;conoscere;conoscerla;conoscerlo;parlare;parlarle;parlarne;sentirci;"
     "scambiare"},
});
constexpr auto italian_rows = std::to_array<CueRow>({
    {Language::it, Cue::idiom,
     "non solo;non esiti|esitare;senza dubbio;non vedo l'ora;nessuna fretta;non ti preoccupare;non si "
     "preoccupi;di niente;di nulla"},
    {Language::it, Cue::assent,
     "nessun problema;non c'è problema;senza problemi;con piacere;volentieri;molto "
     "volentieri;senz'altro;d'accordo;certo che sì;nessuna obiezione;niente in contrario;va "
     "benissimo;certamente"},
    {Language::it, Cue::go,
     "lo|la inoltro;glielo inoltro|giro|passo;lo|la giro|passo;felice|lieto|lieta|contento|contenta di "
     "FWD;piacere di FWD;posso FWD;può|puoi FWD;vado a FWD;volentieri FWD;^ "
     "inoltra|inoltri|inoltralo|inoltrala pure;^ inoltralo|inoltrala|inoltri;^ inoltra;sì "
     "inoltra|inoltri|inoltralo;per favore inoltra|inoltri|inoltralo;inoltro ~ volentieri|piacere;li|vi "
     "metto in contatto;li|vi presento;inoltrerò;lo girerò;^ procedi|proceda;faccia|fai pure;giralo;giralo "
     "pure;inoltro volentieri;volentieri inoltro;ok per FWD"},
    {Language::it, Cue::meet,
     "felice|lieto|lieta|contento|contenta di SEE;piacere SEE;piacere di SEE;piacerebbe "
     "SEE;accetto;volentieri SEE;mettici in contatto;ci metta in contatto;presentaci;ci presenti;può "
     "scrivermi|chiamarmi|contattarmi;sentiamoci;parliamone;mi scriva pure;sembra interessante|bello;mi fa "
     "piacere"},
    {Language::it, Cue::refuse,
     "non FWD;non lo|la FWD;non inoltri|inoltra|inoltrarlo|inoltro;non lo|la inoltri|inoltrare|inoltro;^^ no "
     "$;meglio di no;meglio non;preferisco di no;preferisco non;preferirei non;no grazie;non mi "
     "interessa;non sono interessato|interessata;non ho interesse;rifiuto;declino;non posso;non voglio;non "
     "intendo;non me la sento;non mi sento;non ~ conosco;conosco appena;non ho tempo;non è "
     "appropriato|opportuno|adatto;non sono la persona;purtroppo no;purtroppo non;direi di no;non sono più "
     "in contatto;assolutamente no"},
    {Language::it, Cue::later,
     "più tardi;più avanti;non ora;non adesso;ora no;non ancora;non prima;non questa settimana;questa "
     "settimana no;questo mese no;non questo mese;solo a|dopo|dal;mi chieda|ricontatti|richieda ~ "
     "a|tra|fra|dopo|il|la|in|più;chiedimi|chiedetemi|richiedimi|ricordami|ricordamelo|ricordatemi|"
     "riscrivimi|ricontattami|riprova ~ a|tra|fra|dopo|il|la|in|più;un'altra volta;in un altro "
     "momento;occupato|occupata fino;in ferie fino;via fino;aspetta|aspetti|aspettate fino|dopo;quando "
     "torno|torner*;sono ~ fino;cattivo momento;non è un buon momento;non è il momento"},
    {Language::it, Cue::revise,
     "troppo lungo|lunga|corto|vago|vaga|generico|generica;più "
     "corto|corta|breve|chiaro|chiara|specifico|specifica|concreto|concreta;accorciare;accorcia|accorci|"
     "accorciarlo;cambiare;cambia|cambi "
     "il|la|lo;modificare;modifichi|modifica;correggere;correggi|corregga;aggiungere;aggiungi|aggiunga;"
     "spiegare;spieghi|spiega;chiarire;chiarisca;riscrivere;riscriva|riscrivi;refuso;refusi;errore di "
     "battitura;più informazioni|dettagli;maggiori informazioni|dettagli;saperne di più;sapere di più;cosa "
     "vuole;cosa cerca;che cosa vuole;perché vuole|proprio|gail|io|lei;chi è;come "
     "conosce;potrebbe|può|potresti|puoi ~ "
     "spiegare|chiarire|accorciare|mandare|dire|aggiungere|mandarmi|dirmi;dovrebbe ~ "
     "spiegare|dire|menzionare;manca|mancano;tolga|togli il|la"},
    {Language::it, Cue::redirect,
     "prova|provi con|a;^ prova;^ provi;chiedi|chieda ~ a;^ chiedi;^ chieda;meglio chiedere;meglio ~ "
     "chiedere a;senti|senta ~ con;la|lo conosce ~ meglio;conosce meglio;sarebbe meglio;è più "
     "adatto|adatta;più adatto|adatta;persona giusta ~ è;invece;contatta|contatti ~ invece;rivolgiti|si "
     "rivolga;parla|parli con"},
    {Language::it, Cue::stop,
     "disiscriv*;cancellami;cancellatemi;cancella|cancellate i|il|la|miei;non "
     "scrivetemi|scrivermi|scrivimi|contattatemi più;non mi scriva|scrivete|contatti|contattate più;basta "
     "email|mail|messaggi;smettete|smetti|smetta;non voglio ricevere;non voglio più;lasciatemi in "
     "pace;annulla ~ iscrizione"},
    {Language::it, Cue::negator,
     "non;no;mai;nessun;nessuno;nessuna;niente;nulla;senza;né;neanche;nemmeno;purtroppo;spiace;dispiace;"
     "appena"},
    {Language::it, Cue::condition,
     "se;a patto;purché;a meno;salvo;non appena;appena;quando;finché;prima di|che;solo;soltanto;una "
     "volta;dopo che;qualora;a condizione"},
    {Language::it, Cue::contrast,
     "ma;però;tuttavia;anche se;sebbene;comunque;eppure;tranne;in "
     "realtà;scherzo;scherzavo;aspetta;aspetti;piuttosto"},
    {Language::it, Cue::hedge,
     "forse;magari;potrei;sarei;vorrei;dovrei;avrei;probabilmente;possibilmente;non sono sicuro|sicura;non "
     "so;ci penso;pensarci;vediamo;fammi|mi faccia ~ pensare|vedere|sapere;in linea di;devo ~ "
     "chiedere|vedere|pensare;dubbio;inoltrerei;farei;piacerebbe"},
    {Language::it, Cue::reported,
     "dice;ha detto;disse;scrive;ha scritto;pensa;crede;secondo;sostiene;chiede"},
    {Language::it, Cue::past, "inoltrato;girato;già;ho;aveva;abbiamo;ricevuto;letto;visto"},
    {Language::it, Cue::question, "cosa è|vuole;che cosa;chi è;perché;come mai;cos'è"},
    {Language::it, Cue::change,
     "cort*;accorc*;breve;spieg*;chiar*;concret*;specific*;aggiung*;cambi*;modific*;più;meno;meglio;dice;"
     "dicesse;perché;cosa;fosse;riscri*;corregg*;corrett*"},
    {Language::it, Cue::elsewhere,
     "inoltrami|girami|mandami|me lo|mi inoltri;a me|mio|mia|qualcuno|tutti|un|una|nostro|lui ~;al mio;alla "
     "mia;io stesso|stessa"},
});
constexpr std::string_view italian_common =
    "messaggio mail richiesta lettera testo nota presentarli subito oggi felice lieto lieta contento "
    "contenta piacere sarò sarei molto anche ciao buongiorno assolutamente sempre certamente ok il lo la i "
    "gli le un una e io tu lui lei noi voi è sono sei non sì no con piacere grazie per ma se che chi in "
    "questo questa mio mia suo sua al del della nel su più molto bene certo inoltrare inoltro inoltri posso "
    "può mi ti ci di come già fino settimana mese ora volentieri da pure";

}  // namespace

Lexicon italian() { return {italian_rows, italian_macros, italian_common}; }

}  // namespace tertius::reading
