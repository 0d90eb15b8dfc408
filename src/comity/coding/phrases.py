"""The words that belong to a noun phrase: before its head, in its title, and for its matter."""

from functools import partial

from comity.knowledge.names import find_names
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence, Token

Tokens = tuple[Token, ...]

_words = partial(words, "phrase")
DEFINITE = _words("definite")
INDEFINITE = _words("indefinite")
MONTHS = _words("months")
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "X", "SYM"})
_FUNCTION_WORDS = frozenset({"ADP", "CCONJ", "DET", "PUNCT", "SCONJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VBN"})
_DASHES = frozenset({"-", "–", "/"})
_OWNERS = frozenset({"'s", "’s", "'", "’"})
_AND = frozenset({"and", "&"})
_JOINED = frozenset({"conj", "compound"})
_LONGEST_LIST, _LONGEST_MATTER = 7, 18
_HEADLINE = 0.8
"""The share of long words with a capital from which on a sentence is set as a headline."""


def title_case(sentence: Sentence) -> bool:
    """Whether the sentence is a headline in which nearly every word has a capital."""
    if sentence.text.rstrip().endswith((".", "!", "”", '"')):
        return False
    long = [t.text for t in sentence.tokens if t.text[:1].isalpha() and len(t.text) > 3]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > _HEADLINE * len(long)


def capitalised(tokens: Tokens, i: int) -> bool:
    """Whether there is a token at an index and it begins with a capital."""
    return i < len(tokens) and tokens[i].text[:1].isupper()


def left_edge(tokens: Tokens, at: int, *, loud: bool = False) -> int:
    """Where the words before the head begin that belong to its phrase, determiner left out.

    With `loud`, in a headline, where a verb may pass for a name, it begins after the verbs of such headlines.
    """
    i = at
    while i > 0 and _modifies(tokens, i - 1, loud=loud):
        i -= 1
    if 0 < i < at - 1 and tokens[i].text == "-" and tokens[i - 1].upos == "ADV":
        i -= 1  # "a far-sighted agreement"
    while i < at and tokens[i].text in _DASHES:
        i += 1  # the dash of a list, or of "oil-for-bridges"
    return i


def _modifies(tokens: Tokens, i: int, *, loud: bool) -> bool:
    """Whether a word before a phrase is part of it."""
    t, low = tokens[i], tokens[i].text.lower()
    if low in _words("ends to the left") | INDEFINITE or (loud and low in _words("verbs of headlines")):
        return False
    if low in _AND and i:
        return _alike(tokens, i)
    return t.upos in _MODIFIERS or t.deprel == "amod" or t.text in _DASHES


def _alike(tokens: Tokens, i: int) -> bool:
    """Whether the words on both sides of an "and" modify one noun: "trade and economic", no two names of states."""
    sides = (tokens[i - 1], tokens[i + 1])
    if {t.upos for t in sides} != {"PROPN"}:
        return {t.upos for t in sides} <= {"ADJ", "NOUN"}
    # "Trade and Investment Framework Agreement", "Mexico and Canada"
    return sides[1].deprel in _JOINED and not any(find_names(t.text) for t in sides)


def determiner_of(tokens: Tokens, first: int) -> str:
    """The determiner before a phrase in lower case, "its" for an owner's name, or nothing."""
    before = tokens[first - 1].text.lower() if first else ""
    if before in _OWNERS:
        return "its"
    return before if before in DEFINITE | INDEFINITE else ""


def title_edge(tokens: Tokens, i: int) -> int:
    """Where a capitalised title ends: its last capitalised word, over small words and lists."""
    end = i
    for j in range(i, len(tokens)):
        t, low = tokens[j], tokens[j].text.lower()
        if _leads_out(tokens, i, j):
            break
        inner = j > i and tokens[j - 1].text.lower() in _words("within a title")
        if capitalised(tokens, j) and (inner or t.upos not in {"VERB", "AUX", "PRON"}):
            end = j + 1
        elif low not in _words("within a title") and not (t.text == "," and _list_goes_on(tokens, j)):
            break
    return end


def _leads_out(tokens: Tokens, i: int, j: int) -> bool:
    """Whether a small word says where something was done to what has its title at `i`: "signed … in Paris"."""
    low = tokens[j].text.lower()
    if _is_aside(tokens, j) or (low in {"in", "at"} and _is_town(tokens, j + 1)):
        return True
    # the noun behind it hangs on a verb that stands before the title
    verb = tokens[tokens[j].head].head if tokens[j].head >= 0 else -1
    return low in _words("apart from a title") and 0 <= verb < i and tokens[verb].upos == "VERB"


def _is_town(tokens: Tokens, i: int) -> bool:
    """Whether a known town is named at an index; it is then the place of an act, not part of a title."""
    ahead = " ".join(t.text for t in tokens[i : i + 3])
    return any(hit.start == 0 and hit.kind in {"capital", "city"} for hit in find_names(ahead))


def _list_goes_on(tokens: Tokens, comma: int) -> bool:
    """Whether a comma stands in a list of capitalised words that an "and" closes: "Friendship, Cooperation and …"."""
    after = tokens[comma + 1 : comma + _LONGEST_LIST]
    if not (comma and capitalised(tokens, comma - 1) and capitalised(tokens, comma + 1)) or after[0].upos == "PRON":
        return False
    last = next((t for t in after if not (t.text[:1].isupper() or t.text == ",")), None)
    return last is not None and last.text.lower() in _AND


def topic_edge(tokens: Tokens, i: int) -> int:
    """Where the matter of an instrument ends that is named after it: "a protocol on economic cooperation signed …"."""
    if not _opens_matter(tokens, i):
        return i
    j = i + 1
    while j < min(len(tokens), i + _LONGEST_MATTER) and not _ends_matter(tokens, j):
        j += 1
    while j > i + 1 and tokens[j - 1].upos in _FUNCTION_WORDS:
        j -= 1
    return j if j > i + 1 else i


def _opens_matter(tokens: Tokens, i: int) -> bool:
    low = tokens[i].text.lower() if i < len(tokens) else ""
    if low not in _words("opens a matter") or i + 1 == len(tokens) or _is_aside(tokens, i):
        return False
    after = tokens[i + 1]
    if low == "to" and after.upos != "VERB":
        return False
    return after.upos != "NUM" and after.text.lower() not in _words("days") | MONTHS


def _ends_matter(tokens: Tokens, j: int) -> bool:
    t, low, after = tokens[j], tokens[j].text.lower(), tokens[j + 1 : j + 3]
    finite = t.upos in {"VERB", "AUX"} and t.xpos in _FINITE and t.deprel != "amod"
    parted = low in _words("ends a matter") or (t.upos == "PUNCT" and t.text not in {"-", "–", "’", "'"})
    dated = low in {"in", "on"} and any(w.upos in {"PROPN", "NUM"} for w in after[:1])
    placed = low in {"in", "on", "at"} and any(w.text.lower() in _words("where it took place") for w in after)
    return finite or parted or dated or placed or t.xpos == "PRP" or _is_aside(tokens, j)


def _is_aside(tokens: Tokens, i: int) -> bool:
    """Whether the words at an index say when, how or how long: "on the same day", "for some years", "in good faith"."""
    low = [t.text.lower() for t in tokens[i : i + 3]]
    if {"_".join(low), "_".join(low[:2])} & _words("asides"):
        return True
    lasting = low[0] == "for" and bool(_words("spans of time").intersection(low))
    return lasting and tokens[i + 1].upos in {"ADJ", "NUM", "DET"}
