/**
 * Function words that say nothing about a table: English, and the commonest of German, French, Spanish, Portuguese and
 * Italian. Words that are also usual column names (`date`, `name`, `number`, `total`, `order`) are not among them.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `
a an and are as at be been being but by can could did do does doing for from had has have having he her hers him his how
i if in into is it its itself just me my no nor not of on or our ours out over please she should so some such than that
the their theirs them then there these they this those to too under until up us very was we were what when where which
while who whom whose why will with would you your yours about above after again all also am any because before below
between both down during each few further give find show list get tell many more most much only other own same
der die das den dem des ein eine einer eines einem einen und oder ist sind war wie viele welche welcher welches wer wo
wann mit von zu zum zur im fur auf aus bei nach uber alle pro
le la les un une du et ou est sont dans pour avec sur par qui que quoi quel quelle quels quelles combien ont aux ce ces
el los las una unos unas y o es son en para con por cual cuales cuanto cuantos cuantas que quien donde del al
os uma e em com quantos quantas qual quais da das dos na nas nos
il lo gli uno di che chi dove quanti quante della delle dei con
`
    .trim()
    .split(/\s+/),
);
