"""Finding time expressions: a small grammar of patterns, longest match first. What they mean is ``resolve``'s question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.when.vocabulary import Vocabulary, one_of

_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Found:
    """One expression: its rule, its characters in the text it was looked for in, and what the pattern caught."""

    rule: str
    begin: int
    end: int
    parts: dict[str, str]  # group → lower-cased text, empty groups left out
    lead: str | None  # "early", "the end of" ... before it, part of the span


class Grammar:
    """All patterns, compiled once."""

    def __init__(self, words: Vocabulary) -> None:
        self._rules = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _patterns(words)]
        self._lead = re.compile(rf"\b(?P<lead>{_LEAD})[\s-]+$", re.IGNORECASE)

    def find(self, text: str) -> list[Found]:
        """The expressions of a sentence, none overlapping, in order."""
        taken: list[Found] = []
        for found in sorted(self._all(text), key=lambda f: (f.begin - f.end, f.begin)):
            if all(found.end <= other.begin or other.end <= found.begin for other in taken):
                taken.append(found)
        return sorted(taken, key=lambda f: f.begin)

    def _all(self, text: str) -> Iterator[Found]:
        for name, pattern in self._rules:
            for match in pattern.finditer(text):
                if _plausible(name, match):
                    yield self._with_lead(name, match, text)

    def _with_lead(self, name: str, match: re.Match[str], text: str) -> Found:
        parts = {key: value.lower() for key, value in match.groupdict().items() if value}
        begin = match.start("per") if parts.get("per") else match.start()
        lead = None
        if name in _TAKE_LEAD and (found := self._lead.search(text, max(0, begin - 32), begin)):
            begin, lead = found.start(), found.group("lead").lower()
        return Found(name, begin, match.end(), parts, lead)


_LEAD = (
    r"(?:the )?(?:very )?(?:early|late|mid|middle|beginning|start|end|first half|second half|latter half|latter part|"
    r"early part|earlier|later|first part)(?: of| in)?(?: the)?"
)
_TAKE_LEAD = {
    "monthday",
    "month",
    "monthyear",
    "year",
    "weekday",
    "deictic",
    "day",
    "quarter",
    "season",
    "decade",
    "century",
    "daypart",
    "range_year",
}
# A bare four-digit number is a year unless it counts something, numbers something, or is a price or a part of a longer figure.
_NO_YEAR_AFTER = re.compile(
    r"\s*(?:%|percent|km|kilomet|miles|met(?:er|re)s|feet|people|troops|soldiers|fighters|dollars|tons|tonnes|hours|points|"
    r"civilians|men|women|children|families|homes|houses|hectares|GMT|UTC|hrs|local time|,\d{3}|\.\d|[A-Z]?-?mm\b)",
    re.IGNORECASE,
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$£€,.:#/–-]|\b(?:resolutions?|no|number|flight|route|highway|article|page|section|room|boeing|airbus|camp|unit|brigade|"
    r"battalion|regiment|about|around|nearly|almost|some|over|than|least|most|at|only|another|additional)\.?\s)$",
    re.IGNORECASE,
)
# Years that a bare number may mean; before and after them, only after a word that takes a year.
_USUAL_YEARS = range(1900, 2050)
_TAKES_YEAR = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|during|between|and|or|early|late|mid|before|after|circa|through|year|years)|[(–—-])\s*$",
    re.IGNORECASE,
)


def _plausible(rule: str, match: re.Match[str]) -> bool:
    text, begin, end = match.string, match.start(), match.end()
    if rule in {"year", "range_year"}:
        return _is_year(text, begin, end)
    if rule == "month":
        return _is_month(match)
    if rule == "weekday" and match.group("weekday").lower() in {"sun", "sat", "mon", "wed", "thu", "fri"}:
        return text[end : end + 1] == "." or text[begin:end].endswith(".")
    return True


def _is_year(text: str, begin: int, end: int) -> bool:
    digits, before = begin, text[max(0, begin - 16) : begin]
    while not text[digits].isdigit():
        digits += 1
    if digits > begin:
        return True  # "the year 1990", "fiscal 1990"
    if _NO_YEAR_AFTER.match(text, end):
        return False
    if _TAKES_YEAR.search(before):
        return True
    return int(text[digits:end]) in _USUAL_YEARS and _NO_YEAR_BEFORE.search(before) is None


_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|during|between|and|of|early|late|mid|last|next|this|every|each|through|before|after|for|on)[\s-]+$",
    re.IGNORECASE,
)


def _is_month(match: re.Match[str]) -> bool:
    """``may`` and ``march`` are months only when capitalised and after a word that takes one; the rest when capitalised
    or after such a word."""
    word = match.group("month")
    before = match.string[max(0, match.start() - 10) : match.start()]
    led = match.group("rel") is not None or _MONTH_BEFORE.search(before) is not None
    if word.lower() in {"may", "march"}:
        return word[0].isupper() and led
    if len(word) <= 4 and word.lower() != "june" and word.lower() != "july":
        return match.string[match.end() - 1] == "." and led
    return word[0].isupper() or led


def _patterns(words: Vocabulary) -> list[tuple[str, str]]:
    # A full stop belongs to an abbreviation, not to a sentence that ends in a month or a weekday.
    dot = r"(?:(?<=\b[a-z]{3})(?<!may)\.|(?<=\b[a-z]{4})(?<!june|july)\.|(?<=thurs)\.)?"
    month_dot = rf"(?P<month>{one_of(words.months)})\b{dot}"
    weekday = rf"(?P<weekday>{one_of(words.weekdays)})\b{dot}"
    weekday_full = one_of(name for name in words.weekdays if name.endswith("day"))
    unit = rf"(?P<unit>{one_of(words.units)})\b"
    units = r"(?:day|night|week|fortnight|month|quarter|year|decade|century)"
    number_words = one_of(words.numbers)
    number = (
        rf"(?P<number>\d{{1,3}}(?:,\d{{3}})*(?: 1/2)?|a hundred|{number_words}(?:[- ]{number_words})*|half an?|an?|"
        rf"{one_of(words.vague)})"
    )
    upto = rf"(?:(?:\d+|{number_words})(?:\sto\s|\sor\s|-|–))?"
    ordinal = rf"(?P<ordinal>{one_of(words.ordinals)}|\d{{1,2}}(?:st|nd|rd|th))"
    foreign_months = one_of({**words.islamic_months, **words.iranian_months})
    monthday = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{one_of(words.ordinals)})\b"
    daypart = rf"(?P<daypart>{one_of(words.dayparts)})"
    clock = (
        r"(?P<clock>\d{1,2}(?::\d{2})?\s?(?:a\.m\.|p\.m\.|am\b|pm\b|o'clock|o’clock)|\d{1,2}[:.]\d{2}(?=\s?(?:GMT|UTC|local|EST|hours|hrs))|"
        r"noon|midnight)(?:\s(?:GMT|UTC|EST|EDT|ET|BST|CET|(?:local|eastern|moscow)(?: standard)? time|\(\d{4} GMT\)))*"
    )
    rel = r"(?P<rel>the previous|the following|the next|the same|the past|the coming|the current|the last|last|next|this(?: past| coming)?|that(?: same)?|the|past|coming|previous|following|current)"
    tail_year = rf"(?:,?\s(?:of\s)?(?:{_YEAR}|(?P<relyear>last|this|next) year))"
    about = r"(?:(?P<about>about|around|approximately|roughly|some|nearly|almost|more than|less than|at least|over|under|up to|no more than|well over|just over|as (?:much|many|long) as|fewer than)\s)?"
    spelled = rf"(?P<spelled>(?:eighteen|nineteen|twenty)[\s-]{number_words}(?:[\s-]{number_words})?|two thousand(?: and)?(?:[\s-]{number_words}){{0,2}})"
    quarter_rel = r"(?P<rel>last|this|next|the latest|the current|the|this year['’]s|last year['’]s|next year['’]s|(?:the\s)?year-(?:ago|earlier))"
    return [
        ("turn", rf"\bthe\s(?P<turn>start|beginning|outbreak|onset|end)\sof\s(?:the|this|that|its)\s(?:[\w-]+\s){{0,2}}{one_of(words.upheavals)}\b(?:\sin\s{_YEAR})?"),
        ("reference", rf"\b(?<!as )(?P<reference>{one_of(words.references)})\b(?! as)"),
        ("foreign", rf"\b(?:the\s)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{foreign_months})|(?P<month2>{foreign_months})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,?\s(?P<year>1[2-5]\d\d|20\d\d)(?:\s?(?:AH|SH))?)?\b"),
        ("foreign", rf"\b(?P<month>{foreign_months}),?\s(?P<year>1[2-5]\d\d|20\d\d)\b"),
        ("foreign", rf"\b(?P<month>{one_of(words.months_alone)})\b"),
        ("foreign", rf"\b(?P<feast>{one_of(words.feasts)})\b(?:,?\s(?P<year>20\d\d))?"),
        ("iso", r"\b(?P<iso>\d{4}-\d{2}-\d{2})(?:T(?P<time>\d{2}:\d{2})(?::\d{2})?Z?)?\b"),
        ("slashed", r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<shortyear>\d{4}|\d{2})\b"),
        ("monthday", rf"\b(?:(?:{weekday},?\s(?:the\s)?)|(?:the\s(?:night|morning|evening) of\s))?{month_dot}\s{monthday}(?!\s?%|:\d|\d|,\d|-\w|\s(?:people|percent)){tail_year}?"),
        ("monthday", rf"\b(?:{weekday},?\s)?(?:the\s)?{monthday}(?:\sof)?\s{month_dot}{tail_year}?"),
        ("monthyear", rf"\b{month_dot}(?:\sof)?,?\s(?:{_YEAR}|(?:of\s)?(?P<relyear>last|this|next) year)\b"),
        ("month", rf"\b(?:(?P<rel>last|next|this(?: past| coming)?)\s)?{month_dot}(?!\s\d)"),
        ("deictic", rf"\b(?:mid-?(?P<midpart>afternoon|morning)\s)?(?P<deictic>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight)(?:\s{daypart})?\b(?!['’]s)"),
        ("deictic", r"\b(?P<deictic>yesterday|today|tomorrow)(?=['’]s\b)"),
        ("weekday", rf"\b(?:(?P<rel>last|next|this(?: past| coming)?|the previous|the following|the same)\s)?{weekday}(?:\s(?:{daypart}|at {clock}))?\b(?!s)"),
        ("weekdays", rf"\b(?:on\s)?(?P<weekday>{weekday_full})s\b(?:\s(?P<daypart>{one_of(words.dayparts)})s)?"),
        ("daypart", rf"\b(?P<rel>last|this|the previous|the following|the same|that|the next|later this|earlier this)\s(?P<daypart>{one_of(k for k in words.dayparts if k not in ('noon', 'midnight'))})\b"),
        ("daypart", r"\b(?P<daypart>overnight)\b"),
        ("clock", rf"\b(?:(?:about|around|at about|at around|shortly after|just after|just before|by)\s)?{clock}(?:,?\s(?:on\s)?(?:{weekday}|{month_dot}\s(?P<monthday>\d{{1,2}})|(?P<deictic>yesterday|today|tomorrow)))?"),
        ("whole", r"\bthe (?:fiscal )?(?P<unit>year|month|week)(?=\s(?:ended|ending|ends)\b)"),
        ("day", rf"\b{rel}\s(?:(?:fiscal|calendar|full|whole|entire)\s)?(?P<unit>{units}|weekend)\b(?!s|-)"),
        ("day", r"\b(?P<rel>the (?:end of the|first half of the|second half of the))\s(?P<unit>month|year|week)\b"),
        ("newsday", r"\bthe (?P<order>day|night|morning|evening|week|month|year) (?P<beforeafter>before|after)\b(?! \w+day\b)"),
        ("quarter", rf"\b(?:{quarter_rel}\s)?(?:(?P<year2>(?:19|20)\d\d)\s)?(?:fiscal[\s-])?(?P<ordinal>first|second|third|fourth)\s(?:fiscal[\s-])?(?P<unit>quarter|half)\b(?:\s(?:of\s)?(?:{_YEAR}|(?:the|this|last)\s(?:fiscal\s)?year))?"),
        ("quarter", r"\b(?:fiscal[\s-])?(?P<ordinal>first|second|third|fourth)-(?P<unit>quarter|half)\b"),
        ("period", rf"\bthe\s{_YEAR}\s(?P<unit>quarter|period)\b"),
        ("period", r"\b(?P<back>(?:the\s)?(?:(?:comparable|corresponding)\s)?year-(?:ago|earlier)|last year['’]s)\s(?P<unit>quarter|period|month|half)\b"),
        ("period", r"\b(?P<back>the (?:same|corresponding|comparable) (?P<unit>quarter|period|month|half)\s(?:of\s)?(?:last year|a year (?:ago|earlier)))\b"),
        ("period", r"\bthe latest (?:fiscal )?(?P<unit>quarter|period)\b"),
        ("season", rf"\b(?:(?:(?P<rel>last|this|next|the|in|that|early|late|mid)[\s-])(?P<season>{one_of(words.seasons)})(?:\s(?:of\s)?{_YEAR})?|(?P<season2>{one_of(words.seasons)})(?:\sof)?\s(?P<year2>(?:1[89]|20)\d\d))\b"),
        ("ago", rf"\b{about}{number}[\s-](?:or (?:two|so) )?(?:more )?{unit}(?:\sor\s(?:two|so|more))?\s(?P<way>ago|earlier|later|before(?=[,.;]|$)|after(?=[,.;]|$)|from now|hence|beforehand|afterwards?|previously)\b"),
        ("yearago", r"\b(?P<number>a |one )?(?P<unit>year|month|week|day)-(?P<way>ago|earlier)\b"),
        ("duration", rf"\b(?:(?P<rel>the last|the past|the next|the first|the final|the coming|the previous|the preceding|the following|the other|the initial|last|past|next|another|these|those|the(?=\s[\w,]+\s)|each of the past|at least the past)\s)?{about}{upto}{number}(?:[\s-](?:more|full|consecutive|straight|long|whole|additional|further|solid|trading|working))?[\s-]{unit}(?<!-quarters)(?!\s(?:quarter|half)\b)(?![\s-](?:old|of age)\b)(?:-long)?"),
        ("duration", r"\b(?:(?P<rel>recent|coming|past|the past|the last)\s|(?<=\bfor\s)|(?<=\bin\s)|(?<=\bafter\s)|(?<=\bover\s))(?P<plural>days|weeks|months|years|decades|centuries|hours|minutes)\b(?! ago)"),
        ("duration", r"\b(?P<plural>days|weeks|months|years|decades|hours)(?=\sof\b|\searlier|\slater|\safter\b|\sbefore\b|\slong\b)"),
        ("duration", r"\b(?P<plural>(?:day|week|month|year|decade|hour|century)s?)-long\b"),
        ("set", rf"\b(?P<every>every|each)\s(?:(?P<number>\d+|{number_words}|other|few)\s)?(?P<unit>{weekday_full}|{one_of(words.units)}|{one_of(words.dayparts)}|{one_of(words.months)})\b"),
        ("set", r"\b(?P<adverb>daily|weekly|fortnightly|monthly|quarterly|yearly|annually|hourly|nightly)\b"),
        ("set", r"\b(?:times|once|twice|[\d,.]+|million|billion|dollars|percent|barrels|tons|tonnes|people)\s(?P<per>an?\s(?P<unit>hour|day|night|week|month|year))\b"),
        ("decade", r"\b(?:the\s)?(?:(?P<part>early|mid|late)[\s-])?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
        ("decade", r"\bthe\s(?:(?P<part>early|mid|late)[\s-])?['’]?(?P<short>\d0)['’]?s\b"),
        ("decade", r"\bthe\s(?:(?P<part>early|mid|late)[\s-])?(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"),
        ("century", rf"\b(?:the\s)?{ordinal}[\s-]century\b"),
        ("spelledyear", rf"\b(?:{month_dot}\s|(?:the\s)?(?P<season>{one_of(words.seasons)}) of |the year )?{spelled}\b(?!\s(?:people|percent|years|dollars|men|women|soldiers|troops))"),
        ("yearend", r"\b(?:(?:the|this|last)\s)?year(?:['’]s)?[\s-]end\b"),
        ("year", rf"\b(?:the year |fiscal )?{_YEAR}\b(?!-\d)(?!['’]?s\b)"),
        ("range_year", r"\b(?P<year>(?:1[89]|20)\d\d)(?=[-–]\d{2,4}\b)"),
    ]  # fmt: skip
