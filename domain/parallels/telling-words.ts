/** Words that turn a sentence round, numbers and names: the differences that people look for. And those of references. */

const NEGATIONS: ReadonlySet<string> = new Set(
  [
    'no not never none nothing nobody nowhere neither nor without cannot nay nought naught hardly scarcely',
    'nicht nichts nie niemals niemand kein keine keinen keinem keiner keines ohne weder noch kaum',
    'pas jamais rien aucun aucune personne sans ni nul nulle guère non',
    'nunca nada nadie ningún ninguno ninguna ningun sin jamás jamas tampoco',
    'mai niente nessuno nessuna senza né neanche neppure',
    'não nao nem ninguém ninguem nenhum nenhuma sem jamais',
    'niet geen nooit niets niemand zonder noch',
    'не нет ни никто никого никому ничто ничего никогда нигде никак без',
    'δεν μη μην όχι ούτε μήτε ποτέ κανείς κανένας καμία τίποτα τίποτε χωρίς δίχως',
    'לא אין בלי ללא מעולם לעולם שום',
    'لا لم لن ليس ليست ليسوا بدون',
    '不 没 沒 無 无 未 非 勿',
    'nec neque nihil nemo nunquam numquam haud sine nullus nulla nullum nisi',
  ].flatMap((words) => words.split(' ')),
)

const NUMBER_WORDS: ReadonlySet<string> = new Set(
  [
    'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen',
    'nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions',
    'billion dozen dozens first second third fourth fifth sixth seventh eighth ninth tenth',
    'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend',
    'deux trois quatre cinq sept huit neuf dix onze douze vingt trente cent mille',
    'два двух две три трёх трех четыре четырёх четырех пять пяти шесть шести семь семи восемь восьми девять девяти',
    'десять десяти одиннадцать одиннадцати двенадцать двенадцати двадцать двадцати тридцать сорок сто тысяча тысяч',
    'δύο τρεις τρία τέσσερις τέσσερα πέντε έξι επτά εφτά οκτώ οχτώ εννέα δέκα έντεκα δώδεκα είκοσι εκατό χίλιοι χίλια',
    'שתיים שניים שלוש שלושה ארבע ארבעה חמש חמישה שישה שבעה שמונה תשע תשעה עשר עשרה עשרים מאה אלף',
    'ثلاث ثلاثة أربع أربعة خمس خمسة ستة سبع سبعة ثمانية تسع تسعة عشر عشرة عشرون مئة مائة ألف',
    '二 两 兩 三 四 五 六 七 八 九 十 百 千 万 萬',
    'dos tres cuatro cinco seis siete ocho nueve diez cien mil',
  ].flatMap((words) => words.split(' ')),
)

const REFERRING: ReadonlySet<string> = new Set(
  [
    'see also from quoted cited contained reprinted edited translated page pages volume chapter section appendix',
    'zitiert nach seite seiten band kapitel herausgegeben übersetzt',
    'cité citée dans page pages tome volume chapitre traduit',
    'citado citada página páginas tomo capítulo traducido citato pagina pagine',
  ].flatMap((words) => words.split(' ')),
)

const DIGIT = /\p{N}/u
const CONTRACTED = /n['’]t$/

/** Whether a word, in lower case, denies. */
export const isNegation = (word: string): boolean => NEGATIONS.has(word) || CONTRACTED.test(word)

/** Whether a word, in lower case, counts. */
export const isNumber = (word: string): boolean => DIGIT.test(word) || NUMBER_WORDS.has(word)

/** Whether a word, in lower case, belongs to a reference and not to what is referred to. */
export const isReferring = (word: string): boolean => REFERRING.has(word)

const CAPITAL = /^\p{Lu}\p{L}/u

/** Whether a word is written with a capital. */
export const isCapitalised = (word: string): boolean => CAPITAL.test(word)
