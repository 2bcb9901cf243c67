// What the reader, the compiler and the checks say of rules, in the reader's language. They speak English in one form each:
// "PLACE: rule O17: list NAME: WHAT, expected WHAT". A form nobody wrote words for stays as it came.
import { t } from "./words.js";

/** What stands around: the rest is looked up again. */
const AROUND = [
  ["rule.at", /^(?<place>[^\s:]+(?::\d+)+|[\w-]+\.yaml): (?<what>.+)$/],
  ["rule.of", /^rule (?<rule>\S+): (?<what>.+)$/],
  ["rule.ofOrder", /^order (?<order>\d+): (?<what>.+)$/],
  ["rule.list", /^list (?<list>\S+): (?<what>.+)$/],
  ["rule.test", /^test '(?<test>[^']*)': (?<what>.+)$/],
];

const SENTENCES = [
  ["rule.builtIn", /^is built in; put further numbers into a list '(?<list>[^']+)'$/],
  ["rule.sameId", /^has the id of the rule at (?<place>\S+), expected one of its own$/],
  ["rule.orderId", /^has the id of an order in a table, expected one of its own$/],
  ["rule.orderTurn", /^has the same stage and priority (?<priority>\d+) as (?<other>\S+) in a table, so nobody can tell which goes first$/],
  ["rule.sameTurn", /^has the same stage and priority (?<priority>\d+) as rule (?<other>\S+) at (?<place>\S+), so nobody can tell which goes first$/],
  ["rule.tests", /^(?:the rules take|takes) (?<n>\d+) tests, expected at most (?<most>\d+)$/],
  ["rule.counters", /^the rules look at (?<n>\d+) counters with different times, expected at most (?<most>\d+)$/],
  ["rule.ground", /^(?:keeps|points keep) calls from the citizen, expected a 'legal-basis' of .+$/],
  ["rule.stage", /^intercepts calls in a stage that lets calls pass, expected another stage$/],
  ["rule.signs", /^rejects calls in stage 'signs', expected points, a label or a divert$/],
  ["rule.signsAlone", /^rejects calls for their behaviour or looks alone, expected a legal basis of type law, court-order or prosecutor-order, or points instead$/],
  ["rule.neverTouch", /^keeps calls from (?<number>\S+), which is never to be touched, expected other numbers$/],
  ["rule.noList", /^there is no list '(?<list>[^']*)', (?:expected one of (?<known>.+)|the file has no lists)$/],
  ["rule.home", /^the rules are for home '(?<home>[^']*)', expected (?<known>\w+)$/],
  ["rule.unknownKey", /^unknown key '(?<key>[^']*)', (?:expected one of (?<known>.+)|.+)$/],
  ["rule.keyTwice", /^key '(?<key>[^']*)' for the second time$/],
  ["rule.entryTwice", /^(?<entry>\S+) for the second time, first at (?<place>\S+)$/],
  ["rule.twice", /^(?<entry>\S+) for the second time, expected it once$/],
  ["rule.lineEnd", /^the line has no end, expected .+$/],
  ["rule.lineText", /^the line is not text in UTF-8$/],
  ["rule.fields", /^(?<n>\d+) fields, expected (?<most>\d+): .+$/],
  ["rule.patterns", /^(?<n>\d+) numbers and prefixes, expected 1 to (?<most>\d+)$/],
  ["rule.ascending", /^order (?<n>\d+) after order (?<before>\d+), expected them ascending, each once$/],
  ["rule.begins", /^the table begins with order (?<n>\d+), expected one above (?<before>\d+), with which the table before ends$/],
  ["rule.file", /^(?:table|list file) '(?<file>[^']*)', expected a name relative to the rule file, without '\.\.'$/],
  ["rule.table", /^table '(?<table>[^']*)' cannot be read: (?<why>.+)$/],
  ["rule.neighbour", /^expected one field with a count of digits, like 'callee: 6'$/],
  ["rule.order", /^until (?<until>\S+) is not after from (?<from>\S+)$/],
  ["rule.either", /^expected either '(?<one>[^']+)' or '(?<other>[^']+)'$/],
  ["rule.nested", /^conditions nested deeper than (?<n>\d+), expected a simpler rule or two rules$/],
  ["rule.many", /^(?<n>\d+) entries, expected at most (?<most>\d+); put more into a list$/],
  ["rule.code", /^country code (?<code>\d+) is assigned to nobody, expected one like 44$/],
  ["rule.label", /^label '(?<label>.*)' has (?<n>\d+) characters, expected at most (?<most>\d+)$/],
  ["rule.empty", /^found an empty list, expected at least one item$/],
  ["rule.verdict", /^expected (?<expected>(?:verdict|rule|label|score) .+), found (?<value>.+)$/],
  ["rule.notYaml", /^not YAML: (?<why>.+)$/],
  ["rule.unreadable", /^cannot be read: (?<why>.+)$/],
];

/** Sentences whose end says what was expected. */
const EXPECTING = [
  ["rule.nothing", /^nothing, expected (?<expected>.+)$/],
  ["rule.missing", /^'(?<key>[^']+)' is missing, expected (?<expected>.+)$/],
  ["rule.date", /^(?:date|until) is '(?<value>[^']*)', expected (?<expected>.+)$/],
  ["rule.found", /^found (?<value>'.*?'|a mapping|a list|nothing|\d+ actions), expected (?<expected>.+)$/],
  ["rule.value", /^'(?<value>.*)', expected (?<expected>.+)$/],
];

/** What can be expected. */
const EXPECTED = [
  ["expected.whole", /^(?:a|one) whole number from (?<least>\d+) to (?<most>\d+)$/],
  ["expected.orderNumber", /^the number of an order from 1 to (?<most>\d+)$/],
  ["expected.verdicts", /^pass, label, withhold, reject, or divert with its ladder like .+$/],
  ["expected.numberOrPrefix", /^a number like \S+ or a prefix like \S+$/],
  ["expected.prefix", /^a prefix like \S+$/],
  ["expected.files", /^files beside the rule file$/],
  ["expected.oneOf", /^one of (?<known>.+)$/],
  ["expected.keys", /^a mapping with (?<known>.+)$/],
  ["expected.number", /^a number like .+ or a short code of 2 to 6 digits$/],
  ["expected.range", /^a range like .+, both ends with the same count of digits$/],
  ["expected.country", /^a country .*like TR$/],
  ["expected.duration", /^a time like 90s, 10m or 24h, at most a day$/],
  ["expected.time", /^a time of day like 09:00\.\.18:00$/],
  ["expected.weekday", /^a day like mon or days like mon\.\.fri$/],
  ["expected.date", /^(?:(?:a|the document's) date like .+|one like \d{4}-\d\d-\d\d)$/],
  ["expected.instant", /^an instant .*like .+$/],
  ["expected.fingerprint", /^a fingerprint of 16 digits 0-9a-f$/],
  ["expected.condition", /^a condition$/],
  ["expected.text", /^(?:a text.*|the text of a label|a name|the name of a (?:list|trunk)|what the order is about|number of the document|title and number of the document|who issued it)$/],
];

const found = (table, text) => {
  for (const [key, form] of table) {
    const match = form.exec(text);
    if (match) return [key, Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, value ?? "—"]))];
  }
  return null;
};

/** A sentence about rules in the reader's language; null if it is none of those. */
export function ruleSentence(text) {
  const around = found(AROUND, text);
  if (around) {
    const [key, parts] = around;
    return t(key, { ...parts, what: ruleSentence(parts.what) ?? parts.what });
  }
  const plain = found(SENTENCES, text);
  if (plain) return t(...plain);
  const expecting = found(EXPECTING, text);
  if (!expecting) return null;
  const [key, parts] = expecting;
  const expected = found(EXPECTED, parts.expected);
  return t(key, { ...parts, expected: expected ? t(...expected) : parts.expected });
}
