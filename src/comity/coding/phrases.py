"""The words that belong to a noun phrase: before its head, in its title, and for its matter."""

# ruff: noqa: E501 - lists of words are read best in long lines

from comity.knowledge.names import find_names
from comity.knowledge.offices import first_words
from comity.language.tree import Sentence, Token

_LEFT = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "X", "SYM"})
_STOP_LEFT = frozenset({"today", "yesterday", "tomorrow", "last", "next", "such", "same", "other", "many", "several"})
_APART = frozenset({"in", "at", "by", "from", "on", "as", "to"})
_DAYS = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)
_LOUD = frozenset(
    {
        "sign",
        "signs",
        "initial",
        "initials",
        "ink",
        "inks",
        "seek",
        "seeks",
        "reach",
        "reaches",
        "end",
        "ends",
        "discuss",
        "cancel",
        "cancels",
        "ratify",
        "renew",
        "renews",
        "extend",
        "extends",
        "agree",
        "approve",
        "approves",
        "announce",
        "quit",
        "join",
        "urge",
        "plan",
        "plans",
        "to",
        "in",
        "set",
        "on",
        "near",
        "hit",
    }
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "our", "his", "said", "both"})
INDEFINITE = frozenset({"a", "an", "another", "one", "some", "any", "no", "each", "every", "such"})
_BRIDGE = frozenset({"of", "on", "for", "concerning", "between", "against", "to", "regarding", "in", "the", "and", "with", "a",
                     "an", "its", "their", "as", "at", "by", "from", "&", "relating", "related", "respecting", "or", "towards"})  # fmt: skip
_TOPIC = frozenset({"on", "of", "for", "concerning", "regarding", "covering", "against", "about", "over", "to"})
_ENDS = frozenset({"between", "with", "by", "at", "during", "after", "before", "while", "when", "which", "that", "who",
                   "under", "since", "until", "as", "because", "if", "here", "today", "yesterday", "tomorrow", "whereby",
                   "last", "next", "this", "said", "earlier", "later", "and/or", "but", "through", "via", "from"})  # fmt: skip


def title_case(sentence: Sentence) -> bool:
    """Whether the sentence is a headline in which nearly every word has a capital."""
    if sentence.text.rstrip().endswith((".", "!", "”", '"')):
        return False
    long = [t.text for t in sentence.tokens if t.text[:1].isalpha() and len(t.text) > 3]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > 0.8 * len(long)


def left_edge(tokens: tuple[Token, ...], at: int, *, loud: bool = False) -> int:
    """Where the words before the head begin that belong to its phrase, determiner left out.

    With `loud`, in a headline, where a verb may pass for a name, it begins after the verbs of such headlines.
    """
    i = at
    while i > 0:
        t = tokens[i - 1]
        low = t.text.lower()
        if low in _STOP_LEFT or low in INDEFINITE or low in DEFINITE:
            break
        participle = t.upos == "VERB" and t.xpos in {"VBN", "VBG"} and t.deprel == "amod"
        hyphen = t.text in {"-", "–", "/"}
        if loud and low in _LOUD:
            break
        joined = low in {"and", "&"} and i > 1 and _alike(tokens, i)
        if not (t.upos in _LEFT or participle or hyphen or joined):
            break
        i -= 1
    if 0 < i < at - 1 and tokens[i].text == "-" and tokens[i - 1].upos == "ADV":
        i -= 1  # "a far-sighted agreement"
    while i < at and tokens[i].text in {"-", "–", "/"}:
        i += 1  # the dash of a list, or of "oil-for-bridges"
    return i


def _alike(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the words on both sides of an "and" modify one noun: "trade and economic", no two names of states."""
    kinds, link = {tokens[i - 2].upos, tokens[i].upos}, tokens[i - 1]
    if kinds == {"PROPN"}:
        # "Trade and Investment Framework Agreement", "Mexico and Canada"
        if not any(find_names(tokens[k].text) for k in (i - 2, i)) and tokens[i].deprel in {"conj", "compound"}:
            return True
        return link.deprel == "cc" and tokens[link.head].deprel in {"conj", "compound"} and link.head < i
    return kinds <= {"ADJ", "NOUN"}


def determiner_of(tokens: tuple[Token, ...], first: int) -> str:
    """The determiner before a phrase in lower case, "its" for an owner's name, or nothing."""
    if first == 0:
        return ""
    t = tokens[first - 1]
    if t.text.lower() in DEFINITE | INDEFINITE:
        return t.text.lower()
    if t.text in {"'s", "’s", "'", "’"}:
        return "its"
    return ""


def title_edge(tokens: tuple[Token, ...], i: int) -> int:
    """Where a capitalised title ends: its last capitalised word, over small words and lists."""
    end = i
    j = i
    while j < len(tokens):
        t = tokens[j]
        low = t.text.lower()
        if low in {"in", "at"} and _is_town(tokens, j + 1):
            break
        if _is_aside(tokens, j) or (
            low == "with" and j + 1 < len(tokens) and tokens[j + 1].text.lower() in first_words()
        ):
            break  # "signed the Joint Declaration with President Musa"
        if j == i and low == "by":
            break  # "an overview of the Protocols by the Department"
        onto = low == "to" and j == i and tokens[i - 1].text.lower().startswith(("protocol", "amendment", "annex"))
        if low in _APART and not onto and t.head >= 0 and _of_verb(tokens, t.head, i):
            break  # "signed the Treaty of Rome in Paris": the place is that of the verb
        if (t.text[:1].isupper() and t.upos not in {"VERB", "AUX", "PRON"}) or (
            t.text[:1].isupper() and j > i and tokens[j - 1].text.lower() in _BRIDGE
        ):
            end = j + 1
        elif low in _BRIDGE or (t.text in {"-", "–", "'s", "’s", "’"}) or (t.text == "," and _list_goes_on(tokens, j)):
            pass
        else:
            break
        j += 1
    return end


def _is_town(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a known town is named at an index; it is then the place of an act, not part of a title."""
    words = " ".join(t.text for t in tokens[i : i + 3])
    return any(hit.start == 0 and hit.kind in {"capital", "city"} for hit in find_names(words))


def _of_verb(tokens: tuple[Token, ...], noun: int, title: int) -> bool:
    """Whether a noun hangs on a verb that stands before a title."""
    head = tokens[noun].head
    return 0 <= head < title and tokens[head].upos == "VERB"


def _list_goes_on(tokens: tuple[Token, ...], comma: int) -> bool:
    """Whether a comma stands in a list of capitalised words that an "and" closes: "Friendship, Cooperation and …"."""
    if (
        comma == 0
        or not capitalised(tokens, comma - 1)
        or not capitalised(tokens, comma + 1)
        or tokens[comma + 1].upos == "PRON"
    ):
        return False
    for t in tokens[comma + 1 : comma + 7]:
        if t.text.lower() in {"and", "&"}:
            return True
        if not (t.text[:1].isupper() or t.text == ","):
            return False
    return False


# where something took place: "on the sidelines of the summit", no matter of an instrument
_MARGINS = frozenset({"sidelines", "margins", "fringes", "occasion", "eve", "presence", "ceremony"})


def topic_edge(tokens: tuple[Token, ...], i: int) -> int:
    """Where the matter of an instrument ends that is told after it: "a protocol on economic cooperation signed …"."""
    if i >= len(tokens) or tokens[i].text.lower() not in _TOPIC or _is_aside(tokens, i):
        return i
    if (
        tokens[i].text.lower() == "of"
        and i + 1 < len(tokens)
        and (tokens[i + 1].upos == "NUM" or tokens[i + 1].text[:1].isdigit())
    ):
        return i
    if tokens[i].text.lower() == "to" and (i + 1 >= len(tokens) or tokens[i + 1].upos != "VERB"):
        return i
    if any(t.text.lower() == "behalf" for t in tokens[i + 1 : i + 5]):
        return i  # "the agreement on Malaysia's behalf"
    if i + 1 < len(tokens) and (tokens[i + 1].text.lower() in _DAYS or tokens[i + 1].upos == "NUM"):
        return i
    j = i + 1
    while j < len(tokens) and j - i < 18:
        t = tokens[j]
        low = t.text.lower()
        finite = t.upos in {"VERB", "AUX"} and t.xpos in {"VBD", "VBZ", "VBP", "MD", "VBN"} and t.deprel != "amod"
        if finite or low in _ENDS or (t.upos == "PUNCT" and t.text not in {"-", "–", "’", "'"}):
            break
        if low in {"in", "on"} and j + 1 < len(tokens) and (tokens[j + 1].upos in {"PROPN", "NUM"}):
            break
        if low in {"in", "on", "at"} and any(w.text.lower() in _MARGINS for w in tokens[j + 1 : j + 3]):
            break
        if (t.upos == "PRON" and t.xpos == "PRP") or _is_aside(tokens, j):
            break
        j += 1
    while j > i + 1 and tokens[j - 1].upos in {"ADP", "CCONJ", "DET", "PUNCT", "SCONJ"}:
        j -= 1
    return j if j > i + 1 else i


_SPANS = frozenset({"year", "years", "month", "months", "week", "weeks", "day", "days", "decade", "decades", "century",
                    "centuries", "generations"})  # fmt: skip
_LONGEST = 4


def _is_aside(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the words at an index say when, how or how long: "on the same day", "for five years", "in good faith"."""
    low = tokens[i].text.lower()
    then = [t.text.lower() for t in tokens[i + 1 : i + 1 + _LONGEST]]
    if low == "for":
        span = next((k for k, w in enumerate(then) if w in _SPANS), None)
        return span is not None and all(t.upos in {"NUM", "ADJ", "DET", "ADV"} for t in tokens[i + 1 : i + 1 + span])
    if low in {"on", "at", "in"}:
        return then[:2] in (["the", "same"], ["good", "faith"], ["that", "day"])
    return (low == "and" and then[:1] == ["to"]) or (low == "to" and then[:1] in (["follow"], ["come"]))


def capitalised(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether there is a token at an index and it begins with a capital."""
    return i < len(tokens) and tokens[i].text[:1].isupper()
