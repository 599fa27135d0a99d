// The words themselves, a row for each verb and language.
#include <array>

#include "broker/verbs.hpp"

namespace tertius::reading {
namespace {

constexpr auto table = std::to_array<VerbRow>({
    {Verb::yes, "en",
     "yes;yep;yeah;yup;sure;sure thing;of course;absolutely;definitely;certainly;by all means;with "
     "pleasure;gladly;"
     "my pleasure;yes of course;yes absolutely;yes definitely;yes certainly;yes sure;sure yes;yes go "
     "ahead;go ahead;"
     "go for it;yes do;please do;do it;yes do it;approve;approved;i approve;agreed;i agree;happy to;yes "
     "happy to;"
     "glad to;yes gladly;yes with pleasure;yes by all means;sounds good;no problem;no problem at all;not a "
     "problem;"
     "why not;sure why not;yes why not;fine by me;fine with me;that's fine;that is fine;ok by me;ok with me;"
     "please go ahead;sure go ahead;ok go ahead;yes yes;a yes from me;it's a yes;that works;works for me"},
    {Verb::acknowledge, "en", "ok;okay;okey;alright;all right"},
    {Verb::pass_on, "en",
     "forward;forward it;forward this;forward that;please forward it;yes forward;yes forward it;yes forward "
     "this;"
     "pass it on;pass it along;pass this on;pass this along;pass on;send it;send it on;send it along;"
     "i'll forward it;i will forward it;i'll forward this;i'll pass it on;i'll pass it along;do forward;"
     "ok forward;ok forward it;sure forward it;introduce them;make the intro;make the introduction;"
     "happy to forward;happy to forward it;happy to forward this;glad to forward it"},
    {Verb::meet, "en",
     "accept;i accept;accepted;yes accept;yes i accept;happy to meet;happy to talk;happy to chat;happy to "
     "connect;"
     "introduce us;connect us;let's talk;let's connect;put us in touch;yes introduce us"},
    {Verb::no, "en",
     "no;nope;nah;decline;i decline;declined;no thanks;no thank you;no thankyou;not interested;i'm not "
     "interested;"
     "don't forward;do not forward;don't forward it;do not forward it;don't forward this;do not forward this;"
     "don't;please don't;no sorry;sorry no;i'd rather not;i would rather not;rather not;not this one;reject;"
     "no way;absolutely not;definitely not;no i don't;no i can't;i can't;i cannot;not comfortable;i'll pass;"
     "i pass;hard pass;never;not for me;certainly not;of course not;sorry can't"},
    {Verb::revise, "en",
     "changes;change;ask for changes;revise;revision;edit;rewrite;please change;needs changes;needs "
     "work;rework"},
    {Verb::later, "en",
     "later;not now;maybe later;ask me later;ask again later;snooze;remind me later;not yet;another time;"
     "not right now;not today;remind me"},
    {Verb::redirect, "en", "try;ask;redirect;better ask;try asking;redirect to;please try;please ask"},
    {Verb::stop, "en",
     "stop;unsubscribe;remove me;opt out;optout;stop all;stop it;leave me alone;never write to me again;"
     "stop writing to me;stop emailing me;stop mailing me;take me off;take me off your list;remove me from "
     "your list;"
     "remove me from this list;do not contact me again;don't contact me again;don't write to me again;"
     "do not write to me again;do not email me again;don't email me again;never contact me again;unsubscribe "
     "me"},

    {Verb::yes, "de",
     "ja;ja gerne;ja gern;gerne;gern;sehr gerne;sehr gern;ja klar;klar;natürlich;ja "
     "natürlich;selbstverständlich;"
     "na klar;aber gerne;aber ja;jawohl;einverstanden;passt;passt so;in ordnung;kein problem;"
     "mach das;machen sie das;mit vergnügen;ja sehr gerne;ja klar gerne;alles klar gerne;ja mach "
     "das;unbedingt"},
    {Verb::pass_on, "de",
     "weiterleiten;leite weiter;leite es weiter;leiten sie weiter;leiten sie es weiter;leiten sie das weiter;"
     "ja weiterleiten;gerne weiterleiten;weitergeben;leite ich weiter;leite ich gerne weiter;"
     "ich leite es weiter;ich leite es gerne weiter;ich leite das gerne weiter;weiterleitung ok;zustellen"},
    {Verb::meet, "de", "annehmen;ich nehme an;angenommen;akzeptieren;ich akzeptiere;akzeptiert"},
    {Verb::no, "de",
     "nein;nein danke;nö;nee;ablehnen;ich lehne ab;abgelehnt;lieber nicht;nicht weiterleiten;leider "
     "nein;leider nicht;"
     "kein interesse;kein bedarf;nein leider nicht;nein lieber nicht;auf keinen fall;nein sorry"},
    {Verb::revise, "de", "ändern;änderungen;änderung;überarbeiten;anpassen;änderungswünsche"},
    {Verb::later, "de",
     "später;nicht jetzt;noch nicht;ein andermal;vielleicht später;erinnere mich später;jetzt nicht;heute "
     "nicht"},
    {Verb::redirect, "de",
     "frag;frage;fragen sie;versuch;versuche;versuchen sie;frag mal;probier;besser;frag lieber;fragen sie "
     "lieber"},
    {Verb::stop, "de",
     "stopp;abmelden;abbestellen;austragen;keine mails mehr;keine e-mails mehr;keine weiteren mails;keine "
     "weiteren e-mails;"
     "schreiben sie mir nie wieder;lassen sie mich in ruhe"},

    {Verb::yes, "fr",
     "oui;oui merci;oui avec plaisir;avec plaisir;bien sûr;oui bien sûr;volontiers;oui "
     "volontiers;d'accord;oui d'accord;"
     "pas de problème;aucun problème;allez-y;vas-y;certainement;absolument;entendu;ça marche;pas de "
     "souci;sans problème"},
    {Verb::pass_on, "fr",
     "transférer;transférez;transfère;transmettre;transmettez;transmets;faites suivre;fais suivre;faire "
     "suivre;"
     "je transmets;je transfère;je fais suivre;oui transmettez;oui transférez;oui faites "
     "suivre;transférez-le"},
    {Verb::meet, "fr",
     "accepter;j'accepte;accepté;oui j'accepte;j'accepte avec plaisir;mettez-nous en contact;mettez-nous en "
     "relation"},
    {Verb::no, "fr",
     "non;non merci;refuser;je refuse;refusé;décliner;je décline;pas intéressé;pas intéressée;désolé non;non "
     "désolé;"
     "je préfère pas;je ne préfère pas;je préfère ne pas;ne transférez pas;ne pas transférer;surtout pas;ne "
     "transmettez pas;"
     "non désolée;je ne suis pas intéressé;je ne suis pas intéressée;plutôt pas"},
    {Verb::revise, "fr",
     "changements;modifier;modifications;à modifier;à revoir;réviser;à reformuler;reformuler"},
    {Verb::later, "fr",
     "plus tard;pas maintenant;pas encore;peut-être plus tard;une autre fois;pas tout de suite;rappelez-moi "
     "plus tard"},
    {Verb::redirect, "fr",
     "essayez;essaie;essaye;demandez à;demande à;voyez avec;vois avec;adressez-vous à;plutôt"},
    {Verb::stop, "fr",
     "arrêtez;arrêter;désinscription;désabonner;désinscrire;me "
     "désinscrire;désabonnez-moi;désinscrivez-moi;ne m'écrivez plus"},

    {Verb::yes, "es",
     "sí;si;sí claro;claro;claro que sí;por supuesto;con gusto;con mucho gusto;sí gracias;de "
     "acuerdo;vale;adelante;sí adelante;"
     "sin problema;ningún problema;sí por favor;encantado;encantada;sí con gusto;desde luego;sí por "
     "supuesto;hazlo;hágalo"},
    {Verb::pass_on, "es",
     "reenviar;reenvía;reenvíalo;reenvíelo;reenvíe;sí reenvíalo;sí reenvíelo;adelante reenvíalo;lo "
     "reenvío;sí reenviar;"
     "pásalo;páselo;enviar;lo reenvío con gusto"},
    {Verb::meet, "es",
     "aceptar;acepto;aceptado;sí acepto;acepto con gusto;preséntanos;preséntenos;sí preséntanos;sí "
     "preséntenos"},
    {Verb::no, "es",
     "no gracias;rechazar;rechazo;no me interesa;mejor no;prefiero no;no lo reenvíes;no lo reenvíe;no "
     "reenviar;declinar;"
     "lo siento no;no lo siento;no puedo;de ninguna manera;prefiero que no"},
    {Verb::revise, "es", "cambios;cambiar;modificar;revisar;corregir"},
    {Verb::later, "es",
     "más tarde;ahora no;luego;después;todavía no;aún no;quizás más tarde;más adelante;en otro momento;no "
     "ahora"},
    {Verb::redirect, "es",
     "prueba con;pruebe con;pregunta a;pregúntale a;pregunte a;pregúntele a;intenta con;mejor pregunta "
     "a;habla con;hable con"},
    {Verb::stop, "es",
     "parar;darme de baja;baja;cancelar suscripción;no me escriban más;no me escribas más;no más "
     "correos;detener;dar de baja"},

    {Verb::yes, "pt",
     "sim;sim claro;claro que sim;com certeza;com prazer;com todo o prazer;sim com prazer;sim por favor;pode "
     "ser;podes;pode;"
     "sem problema;sem problemas;está bem;tudo bem;de acordo;sim obrigado;sim obrigada;à vontade;sim pode"},
    {Verb::pass_on, "pt",
     "encaminhar;encaminhe;encaminha;reencaminhar;reencaminhe;reencaminha;sim encaminhe;sim encaminhar;pode "
     "encaminhar;"
     "sim pode encaminhar;encaminho;eu encaminho;podes reencaminhar;pode reencaminhar;sim pode reencaminhar"},
    {Verb::meet, "pt", "aceitar;aceito;aceite;sim aceito;aceito com prazer;apresente-nos"},
    {Verb::no, "pt",
     "não;não obrigado;não obrigada;recusar;recuso;recusado;não tenho interesse;não estou interessado;não "
     "estou interessada;"
     "prefiro não;melhor não;não encaminhar;não encaminhe;declinar;desculpe não;não posso;não reencaminhe"},
    {Verb::revise, "pt", "mudanças;alterações;alterar;mudar;modificar;rever;revisar"},
    {Verb::later, "pt",
     "mais tarde;agora não;depois;ainda não;talvez mais tarde;noutra altura;em outro momento"},
    {Verb::redirect, "pt",
     "tente;tenta;pergunte a;pergunte ao;pergunte à;pergunta ao;pergunta à;fale com;fala com;experimente"},
    {Verb::stop, "pt",
     "parar;pare;cancelar inscrição;descadastrar;remover;remova-me;cancelar subscrição;não me escrevam "
     "mais;não me escreva mais"},

    {Verb::yes, "it",
     "sì;sì grazie;certo;certamente;sì certo;volentieri;sì volentieri;con piacere;molto "
     "volentieri;d'accordo;va bene;"
     "nessun problema;senz'altro;sì con piacere;certo che sì;sì va bene;procedi;proceda;sì procedi;sì "
     "proceda;fai pure;faccia pure"},
    {Verb::pass_on, "it",
     "inoltra;inoltrare;inoltri;inoltralo;inoltrala;sì inoltra;sì inoltrare;inoltro;lo inoltro;la "
     "inoltro;inoltra pure;"
     "inoltri pure;lo inoltro volentieri;sì inoltra pure;sì inoltri pure;gira pure"},
    {Verb::meet, "it",
     "accetta;accetto;accettare;accettato;sì accetto;accetto volentieri;mettici in contatto;ci metta in "
     "contatto"},
    {Verb::no, "it",
     "no grazie;rifiuta;rifiuto;rifiutare;non mi interessa;non sono interessato;non sono "
     "interessata;preferisco di no;meglio di no;"
     "non inoltrare;declino;declinare;no mi dispiace;mi dispiace no;non posso;direi di no;non inoltri"},
    {Verb::revise, "it",
     "modifiche;modificare;modifica;cambiamenti;cambiare;da modificare;da rivedere;correggere"},
    {Verb::later, "it",
     "più tardi;non ora;non adesso;dopo;non ancora;magari più tardi;un'altra volta;più avanti;forse più "
     "tardi"},
    {Verb::redirect, "it",
     "prova con;provi con;chiedi a;chieda a;prova a chiedere a;senti;senta;prova;provi;meglio chiedere a"},
    {Verb::stop, "it",
     "basta;ferma;cancellami;disiscrivimi;disiscrizione;annulla iscrizione;cancellatemi;non scrivetemi "
     "più;non scrivermi più;disiscrivetemi"},

    {Verb::yes, "nl",
     "ja graag;graag;ja hoor;natuurlijk;ja natuurlijk;zeker;ja zeker;prima;ja prima;akkoord;geen "
     "probleem;met plezier;"
     "ja met plezier;tuurlijk;uiteraard;doe maar;ja doe maar;ga je gang;ga uw gang;is goed;ja is goed;heel "
     "graag"},
    {Verb::pass_on, "nl",
     "doorsturen;stuur door;stuur maar door;ja doorsturen;doorsturen graag;ik stuur het door;stuur het "
     "door;stuur het maar door;"
     "graag doorsturen;ja stuur maar door;ik stuur het graag door;ja stuur door"},
    {Verb::meet, "nl",
     "accepteren;accepteer;ik accepteer;aanvaarden;ik aanvaard;geaccepteerd;breng ons in contact"},
    {Verb::no, "nl",
     "nee;nee bedankt;nee dank je;nee dank u;neen;weigeren;ik weiger;afwijzen;afslaan;niet doorsturen;liever "
     "niet;geen interesse;"
     "nee sorry;nee liever niet;helaas niet;helaas nee;nee dankje;niet geïnteresseerd;ik heb geen interesse"},
    {Verb::revise, "nl", "wijzigingen;wijzigen;aanpassen;aanpassingen;veranderen;herzien"},
    {Verb::later, "nl", "nu niet;niet nu;nog niet;misschien later;een andere keer;straks;vandaag niet"},
    {Verb::redirect, "nl", "probeer;vraag;vraag het;vraag het aan;vraag aan;beter;vraag liever"},
    {Verb::stop, "nl",
     "afmelden;uitschrijven;schrijf me uit;geen mails meer;geen e-mails meer;stoppen;schrijf me niet meer"},

    {Verb::yes, "sv",
     "ja tack;ja gärna;gärna;absolut;ja absolut;självklart;ja självklart;visst;ja visst;okej då;inga "
     "problem;inget problem;"
     "javisst;javisst gärna;med nöje;kör på;det går bra;ja det går bra;gör det;ja gör det;såklart;ja "
     "såklart;naturligtvis"},
    {Verb::pass_on, "sv",
     "vidarebefordra;vidarebefordra gärna;skicka vidare;skicka det vidare;ja vidarebefordra;ja skicka vidare;"
     "jag vidarebefordrar;jag skickar vidare;jag skickar det vidare;vidarebefordra det;jag vidarebefordrar "
     "gärna"},
    {Verb::meet, "sv", "acceptera;jag accepterar;accepterar;godta;accepterat;sätt oss i kontakt"},
    {Verb::no, "sv",
     "nej;nej tack;avböj;avböja;jag avböjer;avböjer;avslå;inte intresserad;jag är inte intresserad;helst "
     "inte;nej tyvärr;tyvärr inte;"
     "vidarebefordra inte;skicka inte vidare;tacka nej;jag tackar nej;nej inte;tyvärr nej"},
    {Verb::revise, "sv", "ändringar;ändra;ändring;omarbeta;justera"},
    {Verb::later, "sv", "senare;inte nu;inte än;kanske senare;en annan gång;påminn mig senare;inte idag"},
    {Verb::redirect, "sv", "fråga;prova;pröva;testa;fråga hellre;försök med"},
    {Verb::stop, "sv",
     "sluta;avregistrera;avprenumerera;avsluta;stoppa;ta bort mig;skriv inte till mig igen"},

    {Verb::yes, "pl",
     "tak;tak proszę;tak chętnie;chętnie;oczywiście;tak oczywiście;jasne;pewnie;z "
     "przyjemnością;zgoda;zgadzam się;nie ma problemu;"
     "bez problemu;tak jasne;tak zgadzam się;tak pewnie;jak najbardziej;tak jak najbardziej;tak z "
     "przyjemnością"},
    {Verb::pass_on, "pl",
     "przekaż;przekaż dalej;prześlij;prześlij dalej;tak przekaż;tak prześlij;przekazuję;przekażę;proszę "
     "przekazać;przesyłam dalej;"
     "proszę przesłać dalej;podaj dalej;chętnie przekażę;tak przekażę;prześlę dalej;tak proszę "
     "przekazać;przekazać"},
    {Verb::meet, "pl", "akceptuję;przyjmuję;akceptuj;przyjmij;zaakceptuj;tak akceptuję"},
    {Verb::no, "pl",
     "nie;nie dziękuję;odmawiam;odrzuć;odmów;odrzucam;nie jestem zainteresowany;nie jestem "
     "zainteresowana;wolę nie;nie przekazuj;"
     "raczej nie;niestety nie;nie przesyłaj;proszę nie przekazywać;nie przekazywać;nie chcę;niestety nie "
     "mogę;nie mogę"},
    {Verb::revise, "pl", "zmiany;zmień;popraw;zmienić;poprawki;do poprawy;do zmiany;poprawić"},
    {Verb::later, "pl", "później;nie teraz;jeszcze nie;może później;innym razem;potem;przypomnij później"},
    {Verb::redirect, "pl", "spróbuj;zapytaj;proszę zapytać;lepiej zapytaj;spytaj;proszę spytać"},
    {Verb::stop, "pl",
     "wypisz;wypisz mnie;rezygnuję;przestań;przestańcie;zrezygnuj;proszę mnie wypisać;nie pisz do mnie "
     "więcej;nie piszcie do mnie więcej"},

    {Verb::yes, "ja",
     "はい;はいお願いします;はいどうぞ;お願いします;よろしくお願いします転送してください;もちろん;"
     "もちろんです;喜んで;はい喜んで;いいですよ;承知しました;了承します;"
     "問題ありません;大丈夫ですお願いします;はいもちろん;はいもちろんです;賛成です;同意します;どうぞ;ぜひ;"
     "ぜひお願いします;はいぜひ"},
    {Verb::pass_on, "ja",
     "転送;転送する;転送します;転送して;転送してください;転送して下さい;はい転送してください;はい転送します;"
     "転送をお願いします;紹介してください;"
     "紹介します;転送お願いします;はい転送お願いします;喜んで転送します;ご転送ください;転送で"},
    {Verb::meet, "ja",
     "承諾;承諾します;受け入れる;受けます;受諾;承認;承認します;お会いします;ぜひお会いしたいです;"
     "はい承諾します"},
    {Verb::no, "ja",
     "いいえ;拒否;拒否します;お断りします;断る;辞退;辞退します;遠慮します;結構です;転送しない;"
     "転送しないでください;転送しないで下さい;"
     "いいえ結構です;ご遠慮します;ご遠慮ください;お断りいたします;辞退いたします;興味がありません;"
     "興味ありません;見送ります;今回は見送ります"},
    {Verb::revise, "ja",
     "変更;修正;修正してください;変更してください;修正希望;変更希望;修正をお願いします;変更をお願いします;"
     "書き直してください"},
    {Verb::later, "ja",
     "後で;あとで;今はだめ;後ほど;また後で;またあとで;まだ;今は無理です;また今度;後日;後日お願いします"},
    {Verb::redirect, "ja", "別の人"},
    {Verb::stop, "ja",
     "停止;配信停止;解除;やめて;やめてください;もう送らないでください;登録解除;退会;配信を停止してください"},

    {Verb::yes, "zh",
     "是;是的;好的;可以;当然;當然;没问题;沒問題;同意;愿意;願意;好啊;行;当然可以;當然可以;可以的;很乐意;"
     "很樂意;乐意;好的没问题;好的可以"},
    {Verb::pass_on, "zh",
     "转发;轉發;转发吧;请转发;請轉發;可以转发;可以轉發;同意转发;同意轉發;好的请转发;好的請轉發;好的转发;"
     "是的请转发;我会转发;我來轉發;我来转发;转交;请帮忙转发;好转发吧;引荐;引荐吧;帮忙引荐"},
    {Verb::meet, "zh", "接受;我接受;同意见面;同意認識;愿意认识;願意認識;可以认识;接受介绍"},
    {Verb::no, "zh",
     "不;不用;不用了;不行;拒绝;拒絕;不同意;不要;不要转发;不要轉發;请不要转发;請不要轉發;别转发;婉拒;不方便;"
     "不感兴趣;不感興趣;不了;不可以;不想;抱歉不行;不好意思不行;不用谢谢;不用了谢谢;不愿意"},
    {Verb::revise, "zh", "修改;更改;需要修改;请修改;請修改;改一下;请改一下;重写;重寫"},
    {Verb::later, "zh",
     "以后;以後;稍后;稍後;晚点;晚點;过段时间;過段時間;以后再说;以後再說;下次;改天;现在不行;現在不行;晚点再说;"
     "暂时不行"},
    {Verb::redirect, "zh", "问;問;试试;試試;请问问;去问;问问;找;建议找"},
    {Verb::stop, "zh",
     "停止;退订;退訂;取消订阅;取消訂閱;不要再发;不要再發;别再发了;不要再给我发邮件;不要再发邮件"},
});

}  // namespace

std::span<const VerbRow> verb_table() { return table; }

}  // namespace tertius::reading
