#include <array>

#include "broker/cues.hpp"

namespace tertius::reading {
namespace {

constexpr auto polish_macros = std::to_array<Macro>({
    {Language::pl, "FWD",
     "przekazać;przekazać dalej;przesłać dalej;przesłać;przedstawić;poznać ich|was;skontaktować "
     "ich|was|je;podać dalej;polecić"},
    {Language::pl, "SEE", "porozmawiać;spotkać;spotkam;poznać;pogadać;porozmawiam;poznam;zadzwonić"},
});
constexpr auto polish_rows = std::to_array<CueRow>({
    {Language::pl, Cue::idiom,
     "nie tylko;nie ma za co;nie ma pośpiechu;bez wątpienia;nie mogę się doczekać;nie wahaj"},
    {Language::pl, Cue::assent,
     "nie ma problemu;żaden problem;bez problemu;z przyjemnością;jak najbardziej;oczywiście;nie mam nic "
     "przeciwko;czemu nie $;dlaczego nie $;nie widzę przeszkód"},
    {Language::pl, Cue::go,
     "przekażę;prześlę;przekazuję;przesyłam dalej;chętnie ~ FWD;chętnie ~ "
     "przekażę|prześlę|przedstawię|polecę;przedstawię ich|ją|was;przyjemnością FWD;mogę ~ FWD;proszę ~ "
     "FWD;można ~ FWD;możesz ~ FWD;może pan|pani ~ FWD;^ przekaż;^ prześlij;tak przekaż|prześlij;proszę "
     "przekaż|prześlij;zgadzam się;wyrażam zgodę;podaj dalej;śmiało"},
    {Language::pl, Cue::meet,
     "chętnie ~ SEE;przyjemnością ~ SEE;chciałbym|chciałabym ~ SEE;akceptuję;przyjmuję;zgadzam się;może ~ "
     "napisać|zadzwonić;niech ~ napisze|zadzwoni;poznajmy się;porozmawiajmy;brzmi dobrze|ciekawie|świetnie"},
    {Language::pl, Cue::refuse,
     "nie FWD;nie przekazuj|przekażę|przesyłaj|prześlę|przekazywać;proszę nie;^^ nie $;wolę "
     "nie;wolałbym|wolałabym nie;raczej nie;niestety nie;nie dziękuję;odmawiam;odrzucam;nie jestem "
     "zainteresowany|zainteresowana;nie interesuje;nie mogę;nie chcę;nie zamierzam;nie znam;słabo ~ "
     "znam;ledwo ~ znam;nie mam czasu;nie wypada;to nie dla;nie jestem właściwą|odpowiednią;nie czuję "
     "się;nie utrzymuję;w żadnym wypadku"},
    {Language::pl, Cue::later,
     "później;nie teraz;jeszcze nie;nie przed;dopiero "
     "w|po|za|od;zapytaj|przypomnij|spytaj|napisz|odezwij|proszę zapytać|przypomnieć ~ "
     "ponownie|później|w|za|po|znowu|mnie;nie w tym tygodniu|miesiącu;w tym tygodniu nie;w tym miesiącu "
     "nie;innym razem;zajęty|zajęta do;urlopie do;na urlopie;wyjeździe do;poczekaj|poczekajmy|proszę "
     "poczekać do;jak wrócę;gdy wrócę;kiedy wrócę;zły moment;nie najlepszy moment"},
    {Language::pl, Cue::revise,
     "za długi|długie|długa|krótkie|ogólne|ogólny|ogólna|długo;zbyt "
     "długi|długie|długa|krótkie|ogólne|ogólny|ogólna|długo;krótszy|krótsze|krótsza|krócej;skrócić;proszę ~ "
     "skrócić|zmienić|poprawić|dodać|wyjaśnić|doprecyzować|usunąć|dopisać;skróć;zmień;popraw;dodaj;wyjaśnij;"
     "doprecyzować;przeredagować;literówka;literówki;błąd;błędy;więcej o|informacji|szczegółów;czego "
     "chce;czego dokładnie;co dokładnie;dlaczego chce|akurat|gail|ja|do;kim jest;kto to;skąd zna;czy "
     "może|mogłaby|mógłby|możesz|mogłabyś ~ "
     "wyjaśnić|skrócić|dodać|przesłać|powiedzieć|napisać;powinna|powinien ~ "
     "wyjaśnić|napisać|dodać;brakuje;jaśniej;konkretniej;bardziej konkretnie|konkretne|konkretny"},
    {Language::pl, Cue::redirect,
     "^ zapytaj;^ spytaj;^ spróbuj;lepiej ~ zapytać|zapytaj|spytać|spytaj;proszę ~ zapytać|spytać;zna ~ "
     "lepiej;lepiej zna;byłby|byłaby ~ lepszy|lepsza|lepiej;jest lepszą|lepszym;właściwą osobą ~ "
     "jest;zamiast tego;skontaktuj się z;proszę się skontaktować z;zwróć się do"},
    {Language::pl, Cue::stop,
     "wypisz mnie;wypisać;wypiszcie;nie pisz|piszcie|pisać ~ więcej|do mnie;żadnych "
     "więcej;przestań*;rezygnuję;zrezygnować;usuń|usuńcie|usunąć moje|mój|mnie;proszę o usunięcie;nie życzę "
     "sobie;nie kontaktuj*"},
    {Language::pl, Cue::negator,
     "nie;nigdy;żaden;żadna;żadne;nic;nikt;bez;ani;niestety;przepraszam;przykro;ledwo"},
    {Language::pl, Cue::condition,
     "jeśli;jeżeli;gdyby;o ile;pod warunkiem;chyba;dopóki;zanim;gdy;kiedy;dopiero;jak tylko;tylko;czy;po "
     "tym"},
    {Language::pl, Cue::contrast,
     "ale;jednak;lecz;chociaż;choć;natomiast;oprócz;właściwie;żart;żartuję;czekaj;zamiast;aczkolwiek"},
    {Language::pl, Cue::hedge,
     "może;być może;chyba;prawdopodobnie;mógłbym;mogłabym;chciałbym;chciałabym;nie wiem;nie jestem "
     "pewien|pewna;zastanowię;zastanawiam;pomyślę;ewentualnie;w zasadzie;muszę ~ "
     "sprawdzić|zapytać|pomyśleć;przekazałbym;przekazałabym;byłbym;byłabym;bym"},
    {Language::pl, Cue::reported,
     "powiedział;powiedziała;mówi;napisał;napisała;pisze;twierdzi;uważa;myśli;według;podobno;zapytał*"},
    {Language::pl, Cue::past,
     "przekazałem;przekazałam;przesłałem;przesłałam;już;otrzymałem;otrzymałam;dostałem;dostałam;czytałem;"
     "byłem"},
    {Language::pl, Cue::question, "co to|jest;kto to|jest;dlaczego;czemu;czy to;po co"},
    {Language::pl, Cue::change,
     "krót*;skróc*;wyjaś*;dokładn*;konkret*;doda*;zmien*;zmian*;popraw*;więcej;mniej;lepi*;napis*;powie*;"
     "dlaczego;po co;dopis*;lepsz*"},
    {Language::pl, Cue::elsewhere,
     "przekaż|prześlij|wyślij mi;do mnie|mojego|mojej|kogoś|wszystkich|innego|innej "
     "~;mojemu|mojej|komuś|wszystkim ~;sam $;sama $"},
});
constexpr std::string_view polish_common =
    "wiadomość mail prośbę od razu dziś oczywiście jasne pewnie przyjemnością wielką cześć dzień dobry zatem "
    "więc ok i w z na do się to jest nie tak ja ty on ona my wy jestem proszę dziękuję chętnie przekażę "
    "przekaż ale jeśli że który o od po za mi mnie mój moja pan pani może mogę jak już tylko bardzo dla czy "
    "co kto później w tygodniu miesiącu dalej problemu będzie";

constexpr auto japanese_rows = std::to_array<CueRow>({
    {Language::ja, Cue::idiom, "楽しみにして;お会いできるのを楽しみ"},
    {Language::ja, Cue::assent,
     "問題ありません;問題ないです;問題ございません;構いません;かまいません;もちろん;喜んで;"
     "差し支えありません;差し支えございません"},
    {Language::ja, Cue::go,
     "転送します;転送いたします;転送致します;転送してください;転送して下さい;転送をお願いします;"
     "転送お願いします;転送して構いません;転送しておきます;転送していただいて;転送してもらって;紹介します;"
     "紹介いたします;ご紹介します;ご紹介いたします;紹介してください;紹介して下さい;お伝えします;つなぎます;"
     "お繋ぎします;おつなぎします;取り次ぎます;お取り次ぎします;お取り次ぎいたします;引き合わせます;"
     "回しておきます;送ってください;送って下さい;進めてください;進めて下さい"},
    {Language::ja, Cue::meet,
     "お会いしたい;お話ししたい;話したい;会いたい;承諾します;承諾いたします;お受けします;お会いします;"
     "お話しします;お話しできれば;お話しましょう;紹介してください;紹介をお願いします;ご紹介ください;"
     "連絡してもらって;ご連絡ください;ご連絡をお待ち"},
    {Language::ja, Cue::refuse,
     "転送しない;転送しません;転送できません;転送は ~ "
     "できません;転送は控え;紹介できません;紹介しません;紹介は ~ "
     "できません;ご紹介できません;お断り;断ります;辞退;遠慮し;遠慮さ;ご遠慮;見送り;見送らせ;興味がありません;"
     "興味はありません;^^ "
     "いいえ;難しいです;できかねます;お役に立てません;お力になれ;親しくありません;よく知りません;"
     "存じ上げません;面識がありません;控えてください;やめておきます;控えさせて;いたしかねます;"
     "お引き受けできません"},
    {Language::ja, Cue::later,
     "後で;あとで;後日;また今度;今は;今週は;今月は;来週;来月;来年;まだ;しばらく;落ち着いたら;改めて;再度;"
     "戻ったら;以降に;過ぎたら;明けに;後にして;週間後;か月後;ヶ月後;日以降;月以降;月に"},
    {Language::ja, Cue::revise,
     "修正;短く;長すぎ;変更して;変更を;書き直;書き換え;詳しく;具体的;明確;説明して;教えてください;"
     "教えて下さい;追加して;追記;直して;わかりにくい;分かりにくい;足りません;不足して;加筆;誤字;削除して;"
     "どのような方;何を;なぜ;どうして;どういう"},
    {Language::ja, Cue::redirect,
     "に聞いて;に聞く;に尋ね;に頼んで;に相談;の方が詳しい;のほうが詳しい;の方が適任;のほうが適任;が適任;"
     "の方が親しい;のほうが親しい;に連絡して;の方がよく知って;のほうがよく知って;に依頼して;にお願いして"},
    {Language::ja, Cue::stop,
     "配信停止;配信を停止;送らないで;登録解除;退会;メールを止めて;連絡しないで;解除して;もう送ら;"
     "停止してください;二度と"},
    {Language::ja, Cue::negator,
     "ない;ません;なく;ぬ;不可;だめ;駄目;無理;いいえ;残念;申し訳;すみません;かねます;控え;遠慮;まで待"},
    {Language::ja, Cue::condition, "なら;れば;たら;場合;限り;条件;まで;前に;までは;のみ;だけ"},
    {Language::ja, Cue::contrast,
     "しかし;ですが;ますが;けれど;けど;ただし;ただ;でも;一方;むしろ;ところが;たが;嘘;うそ;冗談"},
    {Language::ja, Cue::hedge,
     "かもしれ;たぶん;多分;おそらく;検討;考え;迷って;思いますが;どうか;でしょうか;かどうか;つもり;予定;"
     "確認して;相談して;しようか"},
    {Language::ja, Cue::reported, "と言っ;と言い;と書い;によると;そうです;らしい;と聞き;とのこと;と述べ"},
    {Language::ja, Cue::past, "ました;でした;済み;すでに;既に;ており"},
    {Language::ja, Cue::question, "ですか;ますか;でしょうか;のか $;ませんか;何です;どなた;誰"},
    {Language::ja, Cue::change, "短;詳し;具体;明確;説明;修正;変更;追加;直;書;教え;もう少し;もっと;簡潔"},
    {Language::ja, Cue::elsewhere,
     "私に;私の ~ に;わたしに;自分に;自分で;私宛;誰かに;部下に;秘書に;同僚に;上司に;担当者に;別の"},
});

constexpr auto chinese_rows = std::to_array<CueRow>({
    {Language::zh, Cue::idiom, "不客气;不客氣;期待;不好意思;不仅;不僅;不但;不错;不錯;不用谢"},
    {Language::zh, Cue::assent,
     "没问题;沒問題;没有问题;沒有問題;不介意;没意见;沒意見;乐意;樂意;当然;當然;没关系"},
    {Language::zh, Cue::go,
     "请转发;請轉發;可以转发;可以轉發;我会转发;我會轉發;我来转发;我來轉發;帮你转发;帮忙转发;幫你轉發;转发吧;"
     "轉發吧;转发给;轉發給;转给;轉給;帮忙引荐;引荐;引薦;介绍你们;介紹你們;介绍他们;介绍她;介紹她;介绍给;"
     "介紹給;介绍认识;可以介绍;可以介紹;我来介绍;我會介紹;我会介绍;愿意介绍;願意介紹;帮忙介绍;幫忙介紹;转达;"
     "轉達;转交;轉交;帮你们牵线;牵线;同意转发;发给他吧;发给她吧;发过去吧;代为转;代為轉"},
    {Language::zh, Cue::meet,
     "愿意认识;願意認識;想认识;想認識;很想聊;可以聊;聊聊;见面;見面;接受;愿意交流;请介绍;請介紹;介绍我们;"
     "介紹我們;请引荐;可以联系我;可以聯繫我;让她联系我;让他联系我;认识一下;認識一下;期待交流"},
    {Language::zh, Cue::refuse,
     "不要转发;不要轉發;别转发;別轉發;不转发;不轉發;不想转发;不会转发;不能转发;不便转发;不便轉發;无法转发;"
     "不想介绍;不便介绍;不便介紹;不方便;不便;不合适;不合適;不感兴趣;不感興趣;没兴趣;沒興趣;拒绝;拒絕;婉拒;^^ "
     "不行;^^ 不 $;^^ 不用;^^ "
     "不了;不太熟;不熟;不认识;不認識;没时间;沒時間;算了;帮不上;幫不上;无能为力;不愿意;不願意;不想;无法;無法;"
     "爱莫能助;恕难"},
    {Language::zh, Cue::later,
     "以后再;以後再;稍后;稍後;晚点;晚點;过段时间;過段時間;过一阵;現在不;现在不;这周不;這週不;这个月不;"
     "這個月不;本周不;本月不;下周;下週;下个月;下個月;下月;明年;再问我;再問我;再联系;再聯繫;再说;再說;改天;"
     "暂时不;暫時不;周后;週後;天后;天後;月后;月後;回来后;回來後;等我;提醒我;月再"},
    {Language::zh, Cue::revise,
     "太长;太長;太短;太模糊;太笼统;太籠統;缩短;縮短;短一点;短一點;简短;簡短;修改;更改;改一下;改写;改寫;改成;"
     "重写;重寫;补充;補充;说明;說明;解释;解釋;具体;具體;详细;詳細;更清楚;写清楚;寫清楚;错别字;更多信息;"
     "更多資訊;为什么;為什麼;什么事;想要什么;目的是;能否告诉;请告诉;请加上;请删;請刪;加上"},
    {Language::zh, Cue::redirect,
     "可以问;可以問;去问;去問;试试;試試;问问;問問;建议找;建議找;建议联系;建議聯繫;更合适;更合適;更熟;更了解;"
     "更瞭解;应该找;應該找;请找;請找;请问问;请联系;請聯繫;去找;不如找;最好找;最好问"},
    {Language::zh, Cue::stop,
     "退订;退訂;取消订阅;取消訂閱;不要再发;不要再發;别再发;別再發;不要再联系;不要再给我;不再接收;停止发送;"
     "停止發送;删除我;刪除我;不要再聯繫;别再联系"},
    {Language::zh, Cue::negator, "不;没;沒;别;別;勿;无;無;未;非;拒;难;難;抱歉;对不起;對不起;遗憾;恕"},
    {Language::zh, Cue::condition,
     "如果;若;要是;除非;只要;只有;前提;等;之前;之后再;之後再;才;的话;的話;假如;直到"},
    {Language::zh, Cue::contrast,
     "但;但是;不过;不過;然而;可是;虽然;雖然;只是;其实;其實;开玩笑;開玩笑;骗你;反而"},
    {Language::zh, Cue::hedge,
     "也许;也許;可能;或许;或許;大概;考虑;考慮;想想;看看;不确定;不確定;应该;應該;本来;原则上;恐怕;尽量;是否;"
     "要不要;会不会"},
    {Language::zh, Cue::reported,
     "他说;她说;他說;她說;说过;据说;據說;写道;認為;认为;告诉我;老板说;同事说;听说;说可以;说她;说他"},
    {Language::zh, Cue::past, "已经;已經;转发了;轉發了;过了;過了;收到;看到;刚才;曾"},
    {Language::zh, Cue::question, "吗;嗎;呢;什么;什麼;为何;為何;谁;誰;怎么;怎麼;哪;何时"},
    {Language::zh, Cue::change, "短;详细;詳細;具体;具體;清楚;说明;說明;解释;解釋;改;补充;補充;加;更;简"},
    {Language::zh, Cue::elsewhere,
     "给我;給我;转我;轉我;我的助理;我的同事;我同事;我助理;别人;別人;其他人;某人;大家;所有人;自己"},
});

// Characters that may stand beside the verb of a yes; names and other people are written with others.
constexpr std::string_view japanese_common =
    "はいもちろんぜひ喜でそれこのメルー文を件私わたしアリスゲおごにと方様さんの彼女てきま致構大丈夫承知了解賛"
    "成同意どうぞ";
constexpr std::string_view chinese_common =
    "我会會可以好的是没沒问問题題很乐樂意请請来來帮幫你您们們她当當然那就行啊吧愿願忙高兴興非常也把这這封邮郵"
    "件信给給一下同了此乐于";

}  // namespace

Lexicon polish() { return {polish_rows, polish_macros, polish_common}; }
Lexicon japanese() { return {japanese_rows, {}, japanese_common}; }
Lexicon chinese() { return {chinese_rows, {}, chinese_common}; }

}  // namespace tertius::reading
