/**
 * Short words that hardly any sentence of a language does without, by ISO 639-1 code. Words that English or several of these
 * languages spell alike are left out.
 */
export const functionWords: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list(`the a an and of to in is are was were be been by for with from that this these those it its i my me you your we
    they them their he she his her what which who whom whose how when where why if then than but or not no all each every
    any some only also into on at as do does did has have had can could should would will shall may might must let first
    last next most more after before above below write give put order rank sort list answer candidate candidates`),
  fr: list(`le la les des du une est et aux dans qui que dont pour avec sans sur sont mes mon ma tes votre vos notre nos
    ce cette ces je tu il elle vous nous être ou où pas ne se chaque puis selon donne donnez écris écrivez classe
    classez réponds tous toutes leur leurs entre très bien aussi au moi soit d'un d'une l'ordre j'ai c'est qu'il n'est`),
  de: list(`der das und den dem des ein eine einen einer eines einem ist sind nicht auch mit für von zum zur im auf aus bei
    nach wie sie er es ich du mein meine meiner meinen dein deine welche welcher wird werden sein ihre ihr oder aber nur 
    alle jede jeden jeder dann wenn dass sich über schreibe gib ordne sortiere kennst bist gut sehr zuerst`),
  es: list(`el los las una es y del que para con por sus mis mi tu tus como más lo al yo cada esta este estos estas todo
    todos todas según luego después eres escribe ordena da muy bien sin pero ellos ellas han he ha primero lista qué cuál
    gustos candidatos respuesta`),
  pt: list(` um uma é e do da dos das que para por seus meus meu minha sua como mais ao eu você cada esta este estes
    todos todas segundo depois escreva ordene muito bem não são na nos nas pelo pela ele ela lista`),
  it: list(`il lo gli un una è di del della dei delle che con sono miei mio mia tuo tua più al io ogni questa questo
    questi tutti tutte secondo poi scrivi ordina molto bene nel nella si degli dalla candidati`),
  nl: list(`het een van zijn niet ook met voor op uit bij naar hoe zij ik jij mijn jouw welke wordt worden haar of maar alle
    elke dan als dat zich onder schrijf geef je bent heel goed eerst`),
  pl: list(`jest są nie się na z ze do dla po od jak który która które oraz lub ale mój moje moich twój każdy wszystkie
    najpierw potem napisz jesteś bardzo według przez`),
  sv: list(`och att det som för är av på med inte jag du min dina ett har vilka varje alla sedan skriv ordna
    mycket efter från eller kandidaterna`),
  da: list(`og at det som er af på med ikke jeg du min et har til hvilke hver alle derefter skriv meget efter
    fra eller kandidaterne`),
  tr: list(`bir ve bu için ile olan olarak çok en daha gibi ne değil benim sen senin tüm sonra göre yaz sırala
    adayları`),
  id: list(`yang dan di ke dari untuk dengan ini itu adalah saya anda kamu tidak setiap semua lalu kemudian berdasarkan
    tulis urutkan sangat oleh pada kandidat`),
  ro: list(`și este sunt pentru cu din mai ale mele meu tău fiecare toate apoi scrie foarte nu pe că`),
  vi: list(`và của là các những cho với theo tôi bạn không được mỗi tất cả sau đó hãy viết xếp rất`),
  cs: list(`je jsou podle jak který která které nebo ale můj moje každý všechny potom napiš jsi velmi`),
};

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
