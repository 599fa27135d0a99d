#include <array>

#include "broker/cues.hpp"

namespace tertius::reading {
namespace {

constexpr auto all_macros = std::to_array<Macro>({
    {Language::en, "FWD",
     "forward;relay;introduce;connect them|her|him|you|the|both|alice;connect ~ with|to;refer;pass ~ "
     "on|along|forward;send ~ on|over|along|through;share "
     "it|this|that|her|his|their|the;make|do|facilitate|arrange|broker ~ "
     "intro|introduction|introductions|connection;put ~ in touch;give ~ an introduction|intro;let ~ know "
     "about;hand ~ on|over"},
    {Language::en, "IMP",
     "forward it|this|that|to|her|his|the|on|along|away|them|alice's;forward $;pass it|this|that|her|his|the "
     "~ on|along;pass on|along;send it|this|that|her|his on|along|over|through;introduce "
     "them|us|her|him|the;connect them|us|her|him;make|do the intro|introduction;put them|us|her|him in "
     "touch"},
    {Language::en, "GLAD",
     "happy|glad|pleased|delighted|willing|thrilled|honoured|honored|ready;i'd|i'll|we'd|we'll|will be "
     "happy|glad|pleased|delighted|thrilled;would be happy|glad|pleased|delighted|thrilled;i'd|we'd|i'll|be "
     "more than happy;would be more than happy"},
    {Language::en, "WILL",
     "i'll;i will;i shall;we'll;we will;i can;we can;i'm going to;i am going to;let me;i'll gladly;i will "
     "gladly;i'll happily;i can certainly|definitely|gladly|happily;i'll certainly|definitely;i would "
     "gladly|happily;i'd gladly|happily;we'd gladly|happily;i want to;i'd like to;i would like to;i'd love "
     "to;i would love to"},
    {Language::en, "SEE",
     "meet;talk;chat;speak;connect;hear;have a call|chat|conversation;hop on;jump on;get on;set up;find a "
     "time;grab a coffee;catch up;take the call|meeting;help her|him|them|out|with;discuss;get in touch;be "
     "introduced;be connected;answer;compare notes"},
});

constexpr auto rows = std::to_array<CueRow>({
    {Language::en, Cue::idiom,
     "looking forward;look forward;looks forward;way forward;going forward;moving forward;step forward;bring "
     "forward;brought forward;put forward;fast forward;straight forward;backward and forward;back and "
     "forth;forward looking;forward thinking;stop by;non stop;bus stop;can't stop;don't stop;no doubt;no "
     "worries;no rush;no hurry;no pressure;no pun;don't worry;don't hesitate;do not hesitate;not only;not to "
     "mention;can't wait;cannot wait;can not wait;nothing but;no matter;if anything;as if;if you ask me;what "
     "a;how nice;how lovely;how great;first of all;no longer at;sorry for;sorry about;in no time;no less;no "
     "one better;nobody better;not just;last but not least;but also;thank you so much;yes i know;yes you"},
    {Language::en, Cue::assent,
     "no problem at all;no problem;not a problem;no problems;no objection|objections;no issue|issues;by all "
     "means;of course $;of course i;sure thing;why not $;with pleasure;my pleasure $;it would be my pleasure "
     "$;it'd be my pleasure $;fine by|with me;ok|okay by|with me;i don't mind;i do not mind;i don't see why "
     "not;can't see why not;you have my blessing;nothing against it;no reason not to"},
    {Language::en, Cue::go,
     "GLAD to FWD;WILL FWD;^ gladly FWD;happily FWD;^ IMP;^ please IMP;^ do IMP;yes|sure|ok|okay|yeah|yep "
     "IMP;yes|sure|ok|okay please IMP;^ yes|sure FWD it|this|that|them|her|him;go ahead and IMP;^ go "
     "ahead;please go ahead;you can go ahead;feel free to FWD;by all means FWD;you may FWD;you can "
     "FWD;please do $;please do so;please do that;^ go for it;^ consider it forwarded;it would be my "
     "pleasure to FWD;my pleasure to FWD;pleasure to FWD;love to FWD;fine to FWD;ok to FWD;okay to "
     "FWD;alright to FWD;^ happy|glad|delighted to $;i'm happy|glad|delighted to $;i would be "
     "happy|glad|delighted to $;i'd be happy|glad|delighted to $;happy|glad to do so|that|this|it;i'd be "
     "happy|glad to do so|that|this|it;you have my ok|okay|permission|consent|go;i approve;i consent"},
    {Language::en, Cue::meet,
     "GLAD to SEE;WILL SEE;love to SEE;like to SEE;^ let's SEE;^ happy|glad|delighted to $;i'd love to $;i "
     "would love to $;^ i accept;yes i accept;^ accept;accept ~ introduction|intro|invitation|request;put us "
     "in touch;^ introduce us;please introduce us;please connect us;^ connect us;make|do the "
     "intro|introduction;go ahead;please do $;sounds great|good|wonderful|lovely|fun $;please introduce "
     "me;tell her|him|them to ~ call|mail|email|write;ask her|him|them to ~ "
     "call|mail|email|write;she|he|they can|may ~ call|mail|email|write|contact;have her|him|them ~ "
     "call|mail|email|write;give her|him|them my ~ address|number|email;i'm in $;count me in;i'd welcome;i "
     "would welcome;would be a pleasure;^ looking forward to meeting|talking|speaking"},
    {Language::en, Cue::would,
     "i'd FWD;i would FWD;we'd FWD;we would FWD;i could FWD;i might FWD;could FWD;might FWD;would ~ FWD"},
    {Language::en, Cue::refuse,
     "decline;declining;do not FWD;don't FWD;dont FWD;not FWD;never FWD;can't FWD;cannot FWD;can not "
     "FWD;won't FWD;wouldn't FWD;will not FWD;would not FWD;rather not;prefer not;prefer to not;not "
     "comfortable;uncomfortable;not interested;no interest;i'll pass $;i will pass $;have to pass;going to "
     "pass $;i must pass;i'd pass;pass on this|it|that;no thanks;no thank you;not a good fit;not a fit;not "
     "the right person;wrong person;don't know ~ well enough;do not know ~ well enough;don't really know;do "
     "not really know;barely know;hardly know;don't feel comfortable;do not feel comfortable;can't "
     "help;cannot help;can't do this|that|it;can't do $;unable to;not able to;not willing;unwilling;not "
     "going to;no way;absolutely not;definitely not;please don't;please do not;i refuse;must refuse;turn ~ "
     "down;turning ~ down;^^ no $;^^ nope $;^^ sorry no $;sorry but no;i'm afraid not;afraid i can't;afraid "
     "i cannot;i can't $;i cannot $;not appropriate;inappropriate;leave me out;count me out;leave it $;not "
     "for me;don't think ~ should|can|appropriate|fit|right|good;do not think ~ "
     "should|can|appropriate|fit|right|good;don't want;do not want;wouldn't want;would not want;against "
     "it;not a fan;i don't do intros|introductions;too busy;no time for;no longer know;lost touch;no longer "
     "in touch;not in touch;never met;don't know her|him|them|this|gail|who;do not know her|him|them;not in "
     "a position;doesn't ~ want|take|like;does not ~ want|take|like;no capacity;no bandwidth;not "
     "hiring;won't work;doesn't work for me;not a priority;hell no;not in favour|favor"},
    {Language::en, Cue::later,
     "not now;not yet;not right now;not this week|month|year;not today;not until;not before;maybe later;^ "
     "later;later $;later this|next;ask|remind|ping|try|contact|mail|email|write|nudge|bug|bother me ~ "
     "again|later|in|next|after|on;ask|remind|ping|nudge me $;check|come|get|circle back ~ "
     "in|next|after|later|on;back to me ~ in|next|after|later|on;check back;circle back;get back to you;come "
     "back to;revisit;wait until|till|for;wait a;hold off;hold on until;another time;some other time;bad "
     "time;bad timing;not a good time;not the right time;not the best time;busy "
     "until|till|this|next|right|at|with;swamped;snowed under;away until|till;on leave until|till;on "
     "vacation until|till;on holiday until|till;travelling until|till;traveling until|till;out "
     "until|till;after i'm|i am back;when i'm|i am back;when i get back;once i'm|i am back;try again ~ "
     "in|next|after|later|on;better in|next|after;postpone;snooze;give me ~ "
     "day|days|week|weeks|month|months;in ~ weeks|months time;next week|month|year ~ instead|better;until "
     "after;after ~ holidays|deadline|launch|release|conference"},
    {Language::en, Cue::revise,
     "too long;too vague;too generic;too short;too pushy;too salesy;too formal;shorten "
     "it|this|the|her|his;shorten;make it ~ shorter|clearer|specific|concrete|personal;could be "
     "shorter|clearer;should be shorter|clearer;be more specific|concrete|precise;needs to "
     "be|say|explain|mention;need more|to know|some|a;needs "
     "more|a|some|work|editing|changes;rewrite;reword;rephrase;please "
     "change|fix|add|remove|cut|mention|explain|clarify|include|edit|correct|revise|update|tone|drop|trim|"
     "replace|shorten|say;can|could|would you ~ "
     "change|fix|add|remove|cut|mention|explain|clarify|include|edit|correct|revise|update|tone|shorten|tell|"
     "send|give|share|elaborate;can|could|would she|he|they|alice ~ "
     "change|fix|add|remove|cut|mention|explain|clarify|include|edit|correct|revise|update|tone|shorten|tell|"
     "send|give|share|elaborate|say;ask her|him|them|alice to ~ "
     "change|fix|add|remove|cut|mention|explain|clarify|include|edit|correct|revise|update|tone|shorten|tell|"
     "send|give|share|say|rewrite;tell her|him|them|alice to ~ "
     "change|fix|add|remove|cut|mention|explain|clarify|include|edit|correct|revise|shorten|rewrite;have "
     "her|him|them ~ "
     "change|fix|add|remove|cut|mention|explain|clarify|include|edit|correct|revise|shorten|rewrite;^ "
     "change;^ changes;^ add;^ remove the;^ cut;^ fix the;^ mention;^ drop the;^ shorten;^ shorter;^ "
     "clarify;^ include;send me ~ revised|new|shorter|better;send ~ revised|shorter|better;revised "
     "version|request;another draft;typo;typos;misspelled;misspelt;spelled wrong;spelling;wrong "
     "name|title|company;tell me more;more details|detail|information|info|context|background;i'd like to "
     "know;i would like to know;want to know;like to see ~ first;see ~ draft|cv|resume|deck;what "
     "exactly;what is ~ about;what's ~ about;what does ~ want;what does ~ need;why does ~ want;why gail;why "
     "her;why me;who is she|he|alice;how do|does ~ know;should explain|say|mention|add|include|state;must "
     "explain|say|mention|add;ought to;isn't clear;is not clear;not clear;unclear what|why|who|how;not "
     "specific;doesn't say|explain|mention|tell;does not say|explain|mention|tell;would be better if;without "
     "~ paragraph|sentence|part|attachment"},
    {Language::en, Cue::redirect,
     "^ try;^ better try;^ please try;^ try asking;^ ask;^ please ask;^ better ask;you should ask;you could "
     "ask;should ask;suggest asking|you|contacting|trying;why not ask;better ask;ask ~ instead;try ~ "
     "instead;ask ~ rather;better person|placed|connected|contact|suited;right person ~ is;person ~ is;knows "
     "~ better than;knows ~ much|far|way better;knows ~ better;closer to;would be better|best;is better "
     "placed|suited;is a better;best person;go through;go via;reach out to;contact ~ instead;talk to ~ "
     "instead;speak to ~ instead;write to ~ instead;please contact;please write to;send ~ to ~ instead;more "
     "likely to know;in a better position"},
    {Language::en, Cue::stop,
     "unsubscribe;stop sending|mailing|emailing|writing|contacting|bothering|spamming|these;stop this;take "
     "me off;remove me;remove my;opt me out;opt out;never write|contact|email|mail|send me;no more "
     "mail|mails|emails|requests|messages;do not|don't|never contact|email|mail|write|message|bother me ~ "
     "again|anymore;don't send me any;do not send me any;leave me alone;delete my;erase my;^^ stop $;stop "
     "asking"},
    {Language::en, Cue::negator,
     "not;no;never;don't;dont;doesn't;didn't;can't;cannot;cant;won't;wont;wouldn't;shouldn't;couldn't;isn't;"
     "aren't;wasn't;haven't;hasn't;nobody;nothing;neither;nor;without;none;hardly;barely;refuse;unable;"
     "hesitate|hesitant|reluctant;n't;stop;nope;against;avoid;sorry;unfortunately;afraid;regret"},
    {Language::en, Cue::condition,
     "if;unless;provided;providing;as long as;assuming;once;until;till;whether;only when;on condition;in "
     "case;when she|he|they|you|i|we|it;before;except;depending;depends;only after;after "
     "i|we|she|he|they|you|asking|checking|talking|speaking|reading;as soon as;subject to;pending;only "
     "in;only with"},
    {Language::en, Cue::contrast,
     "but;however;although;though;except;yet i;still i;unfortunately;on the other hand;actually;that "
     "said;having said;nevertheless;then again;on second thought|thoughts;instead;rather;wait;scratch "
     "that;just kidding;kidding;joking"},
    {Language::en, Cue::hedge,
     "maybe;perhaps;might;not sure;unsure;i'd;i would;would;could;i wonder;wonder;think about it;think it "
     "over;let me think|check|see|ask|consider|know|get;possibly;probably;i "
     "guess;suppose;considering;undecided;torn;in theory;hypothetically;should i;should we;do you want;shall "
     "i;need to check|ask|think|see;have to check|ask|think|see;want to check|ask|think|see;check with;run "
     "it by;tempted;hesitant;supposed;received your|the|this|it;got your|the|this|it;read "
     "your|the|this|it;saw your|the|this|it;normally;usually;in principle;wish;hope;tried;try to;trying;used "
     "to;about to"},
    {Language::en, Cue::reported,
     "said;says;say;told;tells;wrote;writes;asked "
     "me;asks;thinks;thought;believes;claims;claimed;mentioned;according;suggested;suggests;wants me "
     "to;wanted me to;reply|replied|replies;heard;quote;quoting;you "
     "wrote;button;link;links;instructions;word"},
    {Language::en, Cue::past,
     "forwarded;introduced;passed;sent;already;have been;had;did;was;were;received;got your;read your;saw "
     "your;seen"},
    {Language::en, Cue::question,
     "what is|does|do|are|exactly|would|was|happens;who is|are|was;why is|does|do|are|would|me|not;how "
     "do|does|did|is|would;which of;where is|does;when is|does|would;can you;could you;would you;do you;did "
     "you;are you;is this;is she|he|it;does she|he|it"},
    {Language::en, Cue::change,
     "short*;explain*;clear*;specific;concrete;precise;personal;less;more;rewrote;rewrit*;reword*;rephras*;"
     "fix*;remov*;tone*;detail*;include*;includ*;typo*;edit*;change*;changing;mention*;cut;trim*;drop*;"
     "attach*;add*;said;says;told;sent;sends;tell|tells me;send "
     "me;spell*;correct*;polite*;why;what;better;improve*;link;paragraph*;sentence*;word*;version;draft"},
    {Language::en, Cue::elsewhere,
     "forward|send|pass|introduce|connect|relay|share ~ me;forward|send|pass|introduce|connect|relay|share ~ "
     "me;to "
     "me|my|myself|someone|somebody|anyone|anybody|everyone|everybody|all|others|spam|trash|legal|hr|support;"
     "to a|an|our|your|another|her|his|their "
     "assistant|team|boss|colleague|husband|wife|manager|lawyer|office|secretary|colleagues|people;someone "
     "else;somebody else;anyone else;elsewhere;to hell;trash;spam;bin;garbage;regrets;apologies;back "
     "to;yourself;yourselves;themselves;myself;by my own;directly myself;anonymously;without my name;in "
     "private;only me"},
});

constexpr std::string_view common =
    "message mail email note pitch request intro introduction introductions letter text words wishes best "
    "regards recommendation away today now immediately asap straight right behalf each other connect "
    "connecting forwarding along made happen warm warmly highest really very quite always gladly definitely "
    "certainly absolutely personally still indeed well great alright more than only too also then therefore "
    "sounds good fine course all means feel free send put make let us both two yep yeah hi hello sincerely "
    "truly here's thing pleasure love like want was enough too might the a an and or of to is are was it "
    "this that i i'm i'll i'd you he she we they my your her his their me us them for with on at in as be "
    "been do does don't not no yes sure please thanks thank you happy glad forward pass along introduce "
    "intro would will can could should if but have has had know ask later next week month about from by so "
    "very just go ahead ok okay decline sorry who what why how when";

}  // namespace

Lexicon english() { return {rows, all_macros, common}; }

}  // namespace tertius::reading
