#include <array>

#include "broker/cues.hpp"

namespace tertius::reading {
namespace {

constexpr auto french_macros = std::to_array<Macro>({
    {Language::fr, "FWD",
     "transmettre;transférer;faire suivre;relayer;présenter;mettre ~ en contact;mettre ~ en "
     "relation;introduire;le transmettre;la transmettre"},
    {Language::fr, "SEE", "rencontrer;parler;échanger;discuter;faire ~ connaissance;en parler;appeler"},
});
constexpr auto french_rows = std::to_array<CueRow>({
    {Language::fr, Cue::idiom,
     "non seulement;hâte de;n'hésitez pas;n'hésite pas;sans doute;pas mal;au plaisir;s'il vous plaît;s'il te "
     "plaît;pas de quoi"},
    {Language::fr, Cue::assent,
     "pas de problème;aucun problème;pas de souci;aucun souci;sans problème;avec plaisir;bien "
     "sûr;volontiers;pas d'objection;aucune objection;pourquoi pas $;d'accord"},
    {Language::fr, Cue::go,
     "je transmets;je transfère;je relaie;je fais suivre;je vais ~ FWD;je peux ~ FWD;je veux bien ~ FWD;je ~ "
     "ferai suivre;je ~ transmettrai;heureux|heureuse|ravi|ravie|content|contente de ~ FWD;plaisir de ~ "
     "FWD;^ transmettez;^ transférez;^ transmets;^ transfère;^ faites ~ suivre;^ fais ~ suivre;oui "
     "transmettez|transférez;vous pouvez ~ FWD;tu peux ~ FWD;allez y;vas y;je ~ présente ~ "
     "volontiers|plaisir;je vous mets en contact|relation;je les mets en contact|relation;je le|la|les "
     "transmets|transfère|relaie|présente;plaisir FWD;volontiers FWD;je suis d'accord;merci de FWD"},
    {Language::fr, Cue::meet,
     "ravi|ravie|heureux|heureuse|content|contente de ~ SEE;plaisir de SEE;j'accepte;je veux bien SEE;je "
     "serais ~ SEE;mettez nous en contact|relation;avec plaisir SEE;elle|il peut ~ "
     "écrire|appeler|contacter;présentez nous;j'aimerais ~ SEE;je suis d'accord;au plaisir de SEE"},
    {Language::fr, Cue::refuse,
     "ne ~ FWD pas;ne pas FWD;ne ~ transmettez|transférez|transmets|transfère pas;ne ~ faites|fais pas "
     "suivre;pas FWD;^^ non $;je décline;je refuse;je préfère ne;préfère pas;préférerais ne;pas "
     "intéressé|intéressée;pas d'intérêt;je ne peux pas;je ne souhaite pas;je ne veux pas;je ne vais pas;pas "
     "à l'aise;ne ~ connais pas;connais ~ à peine;connais ~ mal;connais pas ~ assez;pas le temps;pas "
     "approprié;pas pertinent;pas la bonne personne;pas mon rôle;plus en contact;surtout pas;hors de "
     "question"},
    {Language::fr, Cue::later,
     "plus tard;pas maintenant;pas encore;pas avant;pas cette semaine;pas ce mois;pas en ce "
     "moment;redemandez|redemande|relancez|relance|rappelez|rappelle|recontactez|recontacte "
     "moi|nous|le|la|en|dans|après;revenez|reviens ~ en|dans|après|vers;une autre "
     "fois;occupé|occupée|absent|absente|débordé|débordée ~ jusqu;en congé|vacances jusqu;attendez|attends ~ "
     "jusqu;à mon retour;quand je ~ retour;demandez|demande moi ~ en|dans|après|plus;la semaine prochaine "
     "plutôt;mauvais moment;pas le bon moment"},
    {Language::fr, Cue::revise,
     "trop long|longue|court|courte|vague|général|générale|flou;plus "
     "court|courte|clair|claire|précis|précise|concret|concrète;raccourcir;raccourcissez;modifier;modifiez;"
     "reformuler;reformulez;réécrire;ajouter;ajoutez;préciser;précisez;expliquer;expliquez;clarifier;"
     "corriger;corrigez;faute de frappe;fautes;en savoir plus;plus "
     "d'informations|infos|détails|information|précisions;que veut;qu'est ce que|qu;pourquoi "
     "veut|gail|moi|elle|lui;qui est;comment connaît;pourriez|pourrait|pouvez|peut ~ "
     "expliquer|préciser|ajouter|raccourcir|modifier|envoyer|dire;il manque;il faudrait ~ "
     "expliquer|préciser|ajouter|raccourcir;supprimez;enlevez"},
    {Language::fr, Cue::redirect,
     "^ demandez ~ à;^ demande ~ à;essayez ~ plutôt|avec;^ essayez;^ essaie;^ essaye;adressez vous;adresse "
     "toi;voyez ~ avec;connaît ~ mieux;serait ~ mieux;est ~ mieux placé|placée;mieux placé|placée;plutôt "
     "contacter;contactez plutôt;demandez plutôt;bonne personne ~ est"},
    {Language::fr, Cue::stop,
     "désinscri*;désabonn*;plus de mails|messages|courriels|emails;ne m'écrivez plus;ne me contactez "
     "plus;arrêtez;cessez;supprimez mes|mon|moi;retirez moi;ne plus recevoir;laissez moi"},
    {Language::fr, Cue::negator,
     "ne;n;pas;non;jamais;aucun;aucune;rien;personne;sans;ni;guère;plus;malheureusement;hélas;désolé;"
     "désolée"},
    {Language::fr, Cue::condition,
     "si;s'il;s'ils;à condition;pourvu;sauf;dès que;tant que;avant que;quand;lorsque;après que;une fois;à "
     "moins;seulement;uniquement"},
    {Language::fr, Cue::contrast,
     "mais;cependant;toutefois;néanmoins;pourtant;bien que;sauf;par contre;en revanche;en "
     "fait;plaisante;rigole;attendez;plutôt"},
    {Language::fr, Cue::hedge,
     "peut être;probablement;éventuellement;serais;pourrais;voudrais;devrais;aurais;pas "
     "sûr|sûre;hésite;réfléchir;réfléchis;je vais voir;je ne sais;sans doute;en principe;a priori;je dois ~ "
     "vérifier|demander"},
    {Language::fr, Cue::reported, "dit;disait;a dit;écrit;écrivait;pense;croit;selon;d'après;demandait"},
    {Language::fr, Cue::past, "transmis;transféré;ai;avons;a;avait;déjà;reçu;lu;vu"},
    {Language::fr, Cue::question, "qui est;que veut;pourquoi;comment;est ce que;est ce;qu'est"},
    {Language::fr, Cue::change,
     "court*;raccourc*;expliqu*;précis*;clair*;concr*;ajout*;modifi*;reformul*;corrig*;plus;moins;mieux;dit;"
     "disait;pourquoi;écri*"},
    {Language::fr, Cue::elsewhere,
     "transmettez|transférez|transmets|faites moi;à moi|mon|ma|mes|quelqu|tous|un|une|notre|votre|lui|son|sa "
     "~;moi même"},
});
constexpr std::string_view french_common =
    "message mail demande lettre texte note présenter suivre immédiatement maintenant aujourd hui part "
    "recommandation serai serais ravi ravie heureux heureuse content contente plaisir volontiers "
    "certainement absolument aussi bonjour salut cela ça faire vais veux transmettrai accord grand toujours "
    "le la les un une des du de et je tu il elle nous vous ils est suis sont pas ne oui non avec plaisir "
    "merci pour mais si que qui dans en ce cette mon ma mes votre vos au aux sur par plus très bien sûr "
    "volontiers transmettre transmets peux peut veux serais ai a moi lui d l j n s c qu m";

constexpr auto spanish_macros = std::to_array<Macro>({
    {Language::es, "FWD",
     "reenviar;reenviarlo;reenviarla;reenviárselo;pasar;pasarlo;pasarla;pasárselo;presentar;presentarlos;"
     "presentarla;presentarlo;presentarte;presentárselo;transmitir;hacer la presentación;ponerlos en "
     "contacto;poner ~ en contacto;conectar;conectarlos"},
    {Language::es, "SEE", "conocer;conocerla;conocerlo;hablar;charlar;conversar;reunirme;reunirnos;platicar"},
});
constexpr auto spanish_rows = std::to_array<CueRow>({
    {Language::es, Cue::idiom,
     "no solo;no sólo;no dude|dudes;sin duda;no te preocupes;no se preocupe;con ganas de;no hay prisa;de "
     "nada"},
    {Language::es, Cue::assent,
     "sin problema;sin problemas;ningún problema;no hay problema;no hay ningún problema;con gusto;con mucho "
     "gusto;por supuesto;claro que sí;de acuerdo;sin inconveniente;ningún inconveniente;no tengo "
     "inconveniente;encantado $;encantada $;desde luego"},
    {Language::es, Cue::go,
     "lo|la|se reenvío;lo|la paso;se lo paso|reenvío|envío;encantado|encantada|feliz|contento|contenta de "
     "FWD;será un placer FWD;un placer FWD;placer de FWD;puedo FWD;voy a FWD;puede|puedes FWD;con gusto "
     "FWD;con ~ gusto lo|la|se reenvío|paso|presento;^ reenvíalo|reenvíelo|reenvíala|reenvíe|reenvía;sí "
     "reenvíalo|reenvíelo|reenvíe|reenvía;por favor reenvíalo|reenvíelo|reenvíe|reenvía;los presento;los "
     "pongo en contacto;os presento;adelante $;^ adelante;lo reenviaré;la reenviaré;se lo reenviaré;se lo "
     "pasaré;pásalo;páselo;^ hágalo;^ hazlo;lo haré;gusto en FWD"},
    {Language::es, Cue::meet,
     "encantado|encantada|feliz|contento|contenta de SEE;placer SEE;gustaría SEE;acepto;gusto "
     "SEE;preséntanos;preséntenos;póngannos en contacto;ponnos en contacto;me encantaría SEE;puede "
     "escribirme|llamarme|contactarme;que me escriba|llame;suena bien|interesante;gusto en "
     "SEE;hablemos;adelante"},
    {Language::es, Cue::refuse,
     "no FWD;no lo|la FWD;no lo|la|se reenvíe|reenvíes|reenvíen;no reenvíe|reenvíes|reenvíen;^^ no $;mejor "
     "no;prefiero no;prefiero que no;preferiría no;no gracias;no me interesa;no estoy "
     "interesado|interesada;no tengo interés;rechazo;declino;no puedo;no quiero;no voy a;no me siento "
     "cómodo|cómoda;no ~ conozco;apenas ~ conozco;no tengo tiempo;no es apropiado|adecuado;no soy la "
     "persona;no me parece;no encaja;ya no tengo contacto;de ninguna manera;lamentablemente no"},
    {Language::es, Cue::later,
     "más tarde;más adelante;ahora no;no ahora;todavía no;aún no;no antes;no esta semana;esta semana no;este "
     "mes no;no este mes;no "
     "hasta;pregúntame|pregúnteme|recuérdame|recuérdeme|escríbeme|escríbame|vuelve|vuelva ~ "
     "en|dentro|después|luego|la|el|a;en otro momento;otra ocasión;ocupado|ocupada hasta;de vacaciones "
     "hasta;fuera hasta;espera|espere ~ hasta;cuando vuelva|regrese;mal momento;no es buen momento;no es el "
     "momento;estoy ~ hasta"},
    {Language::es, Cue::revise,
     "demasiado largo|larga|corto|corta|vago|vaga|general;muy largo|larga|vago|vaga|general;más "
     "corto|corta|claro|clara|concreto|concreta|específico|específica|breve;acortar;acórtalo;acorte;cambiar;"
     "cambia|cambie|cambien "
     "el|la|los|las;modificar;corregir;corrige|corrija;añadir;añada|añade;agregar;agregue;explicar;explique|"
     "explica;aclarar;reescribir;reescriba|reescribe;errata;erratas;falta de ortografía;más "
     "información|detalles|datos|contexto;saber más;qué quiere;qué busca;por qué quiere|gail|yo|ella|a;quién "
     "es;cómo conoce;podría|puede|puedes|podrías|podrían ~ "
     "explicar|aclarar|acortar|añadir|cambiar|enviar|decir|enviarme|decirme;debería ~ "
     "explicar|decir|mencionar;falta|faltan;quite|quita el|la"},
    {Language::es, Cue::redirect,
     "prueba|pruebe con;pregunta|pregunte|pregúntale|pregúntele ~ a;^ prueba;^ pruebe;^ pregúntale;^ "
     "pregúntele;mejor pregunta|pregunte|habla|hable|contacta|contacte;^ habla con;^ hable con;la|lo conoce "
     "~ mejor;conoce mejor;sería mejor;es mejor persona|contacto;mejor contacto;persona adecuada ~ es;en su "
     "lugar;contacta ~ con;intenta|intente con"},
    {Language::es, Cue::stop,
     "darme de baja;dar de baja;dame de baja;denme de baja;cancelar ~ suscripción;no me "
     "escriban|escribas|escriba más;no me envíen|envíes|envíe más;no más correos|mensajes|emails;dejen "
     "de;deja de;elimina|eliminen mi|mis;bórrame|bórrenme;no quiero recibir;no me contacten|contactes"},
    {Language::es, Cue::negator,
     "no;nunca;jamás;ningún;ninguno;ninguna;nada;nadie;sin;ni;tampoco;apenas;lamentablemente;"
     "desgraciadamente;siento;lamento"},
    {Language::es, Cue::condition,
     "si;siempre que;siempre y;a menos;salvo;en cuanto;cuando;hasta que;antes de;con tal;solo;sólo;una "
     "vez;mientras;después de"},
    {Language::es, Cue::contrast,
     "pero;sin embargo;aunque;no obstante;excepto;sino;en realidad;broma;espera;espere;más bien"},
    {Language::es, Cue::hedge,
     "quizás;quizá;tal vez;podría;sería;gustaría;debería;posiblemente;probablemente;a lo mejor;no estoy "
     "segur*;dudo;duda;lo pensaré;pensarlo;déjame|déjeme;en principio;tengo que ~ "
     "pensar|ver|preguntar|consultar;haría"},
    {Language::es, Cue::reported, "dice;dijo;escribió;piensa;cree;según;comentó;preguntó;opina"},
    {Language::es, Cue::past, "reenviado;reenvié;ya;he;había;hemos;recibí;recibido;leído;vi"},
    {Language::es, Cue::question, "qué es|quiere;quién es;por qué;cómo;es esto"},
    {Language::es, Cue::change,
     "cort*;acort*;breve;explic*;clar*;aclar*;concret*;específic*;añad*;agreg*;cambi*;modific*;más;menos;"
     "mejor;dice;dijera;por qué;qué;reescrib*;fuera;correg*"},
    {Language::es, Cue::elsewhere,
     "reenvíame|reenvíeme|envíame|envíeme|pásame;a mí|mi|alguien|todos|otra|otro|un|una|nuestro|él ~;yo "
     "mismo|misma"},
});
constexpr std::string_view spanish_common =
    "favor mensaje correo solicitud carta texto nota presentarlos reenviarlo ahora mismo inmediatamente hoy "
    "encantado encantada feliz contento contenta será placer mucho también hola sería siempre absolutamente "
    "desde luego supuesto todo voy el la los las un una y yo tú él ella nosotros es soy son está estoy no sí "
    "con gusto gracias por para pero si que quien en este esta mi mis su sus al del sobre más muy bien claro "
    "reenviar reenvío reenvíe puedo puede lo le se me te a de como ya hasta semana mes ahora";

constexpr auto portuguese_macros = std::to_array<Macro>({
    {Language::pt, "FWD",
     "encaminhar;reencaminhar;passar;repassar;apresentar;apresentá-los;encaminhá-lo;encaminhá-la;fazer a "
     "apresentação;fazer a ponte;pôr ~ em contacto;colocar ~ em contato;conectar"},
    {Language::pt, "SEE", "conhecer;conhecê-la;conhecê-lo;falar;conversar;encontrar;reunir"},
});
constexpr auto portuguese_rows = std::to_array<CueRow>({
    {Language::pt, Cue::idiom,
     "não só;não apenas;sem dúvida;não hesite;não se preocupe;ansioso por;sem pressa;de nada"},
    {Language::pt, Cue::assent,
     "sem problema;sem problemas;não há problema;nenhum problema;com prazer;com todo o prazer;com "
     "certeza;claro que sim;de acordo;com muito gosto;sem objeções;nada contra;à vontade"},
    {Language::pt, Cue::go,
     "eu encaminho;encaminho com|já|sim;vou FWD;posso FWD;pode FWD;podes FWD;podem FWD;terei ~ prazer em "
     "FWD;prazer em FWD;feliz em FWD;gosto em FWD;com prazer encaminho;^ "
     "encaminhe|encaminha|reencaminhe|reencaminha;sim encaminhe|encaminha|reencaminhe|reencaminha;por favor "
     "encaminhe|encaminha|reencaminhe|reencaminha;favor FWD;fico feliz em FWD;encaminharei;^ "
     "encaminho|reencaminho;repasso com;passo ~ com prazer;faço a apresentação|ponte;apresento os"},
    {Language::pt, Cue::meet,
     "prazer em SEE;gostaria de SEE;gostava de SEE;adoraria SEE;feliz em SEE;aceito;apresente nos;coloque "
     "nos em contato;ponha nos em contacto;pode me|ligar|escrever|contactar|contatar;pode escrever-me;gosto "
     "em SEE;parece ótimo|interessante|bom;vamos conversar|falar;interesse em SEE"},
    {Language::pt, Cue::refuse,
     "não FWD;não encaminhe|encaminha|encaminhem|reencaminhe|encaminho;^^ não $;prefiro não;prefiro que "
     "não;preferia não;melhor não;não obrigado|obrigada;não tenho interesse;não estou "
     "interessado|interessada;não me interessa;recuso;declino;não posso;não quero;não vou;não me sinto;não ~ "
     "conheço;mal ~ conheço;não tenho tempo;não é adequado|apropriado;não sou a pessoa;infelizmente não;de "
     "jeito nenhum;de modo nenhum;não me parece"},
    {Language::pt, Cue::later,
     "mais tarde;agora não;não agora;ainda não;não antes;esta semana não;não esta semana;este mês não;não "
     "este mês;só em|depois|na|no;pergunte|pergunta|lembre|lembra|volte|volta|escreva ~ "
     "em|depois|daqui|na|no|mais|novamente|a;me pergunte|lembre;noutra altura;outra hora;outra "
     "altura;ocupado|ocupada até;de férias até;fora até;estou ~ até;espere|espera até;quando voltar|eu "
     "voltar;mau momento;não é boa altura;não é um bom momento"},
    {Language::pt, Cue::revise,
     "muito longo|longa|longo|vago|vaga|genérico|genérica;demasiado "
     "longo|longa|vago|vaga|genérico|genérica;longo|longa demais;mais "
     "curto|curta|claro|clara|específico|específica|concreto|concreta|breve;encurtar;encurte;mudar;altere|"
     "alterar;modificar;corrigir;corrija;adicionar;acrescentar;acrescente;explicar;explique;esclarecer;"
     "reescrever;reescreva;erro de digitação;gralha;gralhas;mais "
     "informações|informação|detalhes|contexto;saber mais;o que quer|ela|ele;o que exatamente;por que|porque "
     "quer|ela|ele;porque é que;quem é;como conhece;poderia|pode|podia ~ "
     "explicar|esclarecer|encurtar|enviar|dizer|acrescentar;deveria|devia ~ "
     "explicar|dizer|mencionar;falta|faltam"},
    {Language::pt, Cue::redirect,
     "tente|tenta com|o|a|falar;^ tente;^ tenta;pergunte|pergunta ao|à|a;fale|fala com;conhece ~ "
     "melhor;seria melhor;é melhor pessoa|contato|contacto;melhor contato|contacto;pessoa certa ~ é;em vez "
     "disso;contacte|contate ~ em;experimente"},
    {Language::pt, Cue::stop,
     "cancelar ~ inscrição|subscrição;descadastr*;remova me;remova meu|minha;não me "
     "escrevam|escreva|enviem|envie|mandem mais;não quero receber;parem|pare de;chega de emails;mais emails "
     "não;não me contactem|contatem;apague|apaguem meus|os"},
    {Language::pt, Cue::negator,
     "não;nunca;jamais;nenhum;nenhuma;nada;ninguém;sem;nem;tampouco;infelizmente;lamento;desculpe;mal"},
    {Language::pt, Cue::condition,
     "se;desde que;a menos;caso;assim que;quando;até que;antes de;contanto;só;somente;apenas;uma vez;depois "
     "que|de"},
    {Language::pt, Cue::contrast,
     "mas;porém;contudo;todavia;embora;no entanto;exceto;na verdade;brincadeira;espere;antes"},
    {Language::pt, Cue::hedge,
     "talvez;poderia;seria;gostaria;deveria;possivelmente;provavelmente;não tenho certeza;não sei;vou "
     "pensar;pensar;deixe me|eu;em princípio;preciso ~ ver|pensar|perguntar;duvido;dúvida"},
    {Language::pt, Cue::reported, "diz;disse;escreveu;acha;pensa;segundo;perguntou;acredita"},
    {Language::pt, Cue::past, "encaminhei;encaminhado;já;tenho;tinha;recebi;recebido;li;vi"},
    {Language::pt, Cue::question, "o que é|quer;quem é;por que;porquê;como;isto é|isso é"},
    {Language::pt, Cue::change,
     "curt*;encurt*;breve;explic*;clar*;esclarec*;concret*;específic*;acrescent*;adicion*;alter*;mud*;mais;"
     "menos;melhor;diz;dissesse;por que;fosse;reescrev*;corrig*"},
    {Language::pt, Cue::elsewhere,
     "encaminhe|envie|mande|passe me|para mim;para mim|meu|minha|alguém|todos|outra|outro|um|uma|nosso|ele "
     "~;eu mesmo|mesma|próprio"},
});
constexpr std::string_view portuguese_common =
    "mensagem email pedido carta texto nota apresentar imediatamente hoje já terei teria prazer feliz gosto "
    "fico ficaria muito também olá todo maior vou certeza sempre favor seria o a os as um uma e eu tu ele "
    "ela nós é sou são está estou não sim com prazer obrigado obrigada por para mas se que quem em este esta "
    "meu minha seu sua ao do da no na sobre mais muito bem claro encaminhar encaminhe encaminho posso pode "
    "lhe me te de como já até semana mês agora você";

}  // namespace

Lexicon french() { return {french_rows, french_macros, french_common}; }
Lexicon spanish() { return {spanish_rows, spanish_macros, spanish_common}; }
Lexicon portuguese() { return {portuguese_rows, portuguese_macros, portuguese_common}; }

}  // namespace tertius::reading
