package names

// latin gives each letter its romanisation, as English-language sources mostly write it; what they
// disagree on is left to [rules]. Letters are lower case and composed. One table serves all languages:
// a letter that languages of the same script read differently has the reading of Russian (и, г) or of
// Azerbaijani (ç, ş). A table of our own and not one of the all-of-Unicode libraries, since those strip
// what the keys live on: they make s of ş, read Armenian ու as two letters and ə as an E or an @.
var latin = map[rune]string{
	// Russian.
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ё': "yo", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f",
	'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	// Ukrainian, Belarusian, Serbian, Macedonian.
	'і': "i", 'ї': "yi", 'є': "ye", 'ґ': "g", 'ў': "u", 'ђ': "j", 'ј': "y", 'љ': "ly", 'њ': "ny", 'ћ': "ch", 'џ': "j",
	'ѓ': "g", 'ќ': "k", 'ѕ': "dz",
	// Cyrillic of Azerbaijani and other Turkic languages, Tajik, Abkhaz, Ossetian.
	'ғ': "gh", 'ҝ': "g", 'ҹ': "j", 'ҷ': "j", 'һ': "h", 'ө': "o", 'ү': "u", 'ұ': "u", 'қ': "k", 'ң': "n", 'ҳ': "h", 'ҫ': "s",
	'ӣ': "i", 'ӯ': "u", 'ӕ': "a", 'ҟ': "k", 'ҭ': "t", 'ҵ': "ts", 'ҽ': "ch", 'ҩ': "o",
	// Armenian. ու is u, see romanise; ե and ո at the beginning of a word are ye and vo.
	'ա': "a", 'բ': "b", 'գ': "g", 'դ': "d", 'ե': "e", 'զ': "z", 'է': "e", 'ը': "y", 'թ': "t", 'ժ': "zh", 'ի': "i",
	'լ': "l", 'խ': "kh", 'ծ': "ts", 'կ': "k", 'հ': "h", 'ձ': "dz", 'ղ': "gh", 'ճ': "ch", 'մ': "m", 'յ': "y", 'ն': "n",
	'շ': "sh", 'ո': "o", 'չ': "ch", 'պ': "p", 'ջ': "j", 'ռ': "r", 'ս': "s", 'վ': "v", 'տ': "t", 'ր': "r", 'ց': "ts",
	'ւ': "v", 'փ': "p", 'ք': "k", 'օ': "o", 'ֆ': "f",
	// Georgian. It has no capitals and no yo, ye, yu.
	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l",
	'მ': "m", 'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k",
	'ღ': "gh", 'ყ': "k", 'შ': "sh", 'ჩ': "ch", 'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j", 'ჰ': "h",
	// Latin letters with a sound of their own. The rest lose their marks by folding.
	'ş': "sh", 'ș': "sh", 'š': "sh", 'ç': "ch", 'č': "ch", 'ć': "ch", 'ž': "zh", 'ğ': "gh", 'ı': "i", 'ț': "ts",
	'ţ': "ts", 'đ': "j", 'ñ': "ny", 'ň': "n", 'ý': "y",
}

// forks are the letters that English and Russian sources write in two ways, with no rule that a
// spelling could tell: Kəlbəcər is Kalbajar and Kelbajar, Füzuli is Fuzuli and Fizuli, Quliyev is
// Guliyev and Kuliev. A word with such letters has a key for each reading.
var forks = map[rune][2]string{
	'ə': {"a", "e"},
	'ә': {"a", "e"},
	'ü': {"u", "i"},
	'q': {"k", "g"},
}

// turkic are letters that show a word to be Azerbaijani or Turkish, in which c and x have the sounds
// of Jafarov (Cəfərov) and Khankendi (Xankəndi).
const turkic = "əğış"
