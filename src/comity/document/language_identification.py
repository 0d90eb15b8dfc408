"""The language of a text, by the share of a language's function words among its words."""

import re
import unicodedata
from collections import Counter

_SMALL = {
    "en": "the of and to in a that is for on was with by he as at his from be it has have are an they which were "
    "this said will not but or their had who its been would more she her after also into than over about when",
    "fr": "le la les de des du et à en un une que qui est pour dans par sur au aux avec il elle ne pas se ce cette "
    "son sa ses plus été sont ont a mais ou leur d l",
    "de": "der die das und in den von zu mit ist im des auf für nicht ein eine dem sich als auch an werden aus er hat "
    "dass sie nach bei einer um am sind noch wie einem über",
    "es": "el la los las de que y en un una por con para del se al es no su lo como más pero sus ha fue este entre "
    "sobre también",
    "it": "il la le di che e in un una per con del della dei si è non da al sono più nel alla come ha anche ma gli lo "
    "dal delle i",
    "pt": "o a os as de que e em um uma para com do da dos das no na por se não ao mais é foi como à pelo pela seu sua",
    "nl": "de het een en van in is dat op te met voor zijn niet aan er die ook als bij naar om door over heeft uit tot",
    "sv": "och att det i en på är som för av med till den har inte om ett han var sig från de men ska",
    "no": "og i det er på som en til for av med at den har ikke de et om var fra han men ble skal",
    "pl": "i w na z się do nie że jest o to po za od przez jak dla ale są oraz był który która które",
    "tr": "ve bir bu da de için ile çok daha olarak olan gibi sonra kadar ancak ise",
    "id": "yang dan di dengan untuk pada dari ini itu dalam tidak akan ke telah oleh juga sebagai adalah",
    "ru": "и в не на что с по как из за от к о для это был его но он она они также а",
    "uk": "і в не на що з по як із за від до о для це був його але він вона вони також та у",
    "mn": "нь юм байна ба болон энэ тэр гэж бол уу үү байсан болно оны",
    "ar": "في من على إلى أن عن مع هذا التي الذي بعد كان ما لا",
    "fa": "در به از که این را با است برای آن یک های شد",
}
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_SHARED = (
    "met in an is over die door me men no do son plus par due us as i o e a om am war man so hat der den se las los "
    "del la le de el su san dan pan"
)
_ALSO_ENGLISH = _WORDS["en"] | frozenset(_SHARED.split())
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 5
"""Fewer words than this determine no language."""
_SURE = 20
"""From this many words on, the share of function words alone determines the language."""
_FOREIGN = 40
"""From this many words on, a text without function words is in none of the languages listed here."""
_OWN = 2
"""A shorter text is in another language if this many of its words belong to that language and not to English."""
_SHARE = 0.12
_EXAMINED = 20_000


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language, `und` if it is none of those listed, null if the text is too short.

    >>> language_of("The presidents of Chile and Peru signed a treaty in Lima.")
    'en'
    >>> language_of("Les présidents du Chili et du Pérou ont signé un traité à Lima.")
    'fr'
    >>> language_of("Lima") is None
    True
    """
    text = text[:_EXAMINED]
    letters = [c for c in text if c.isalpha()]
    if own := _by_script(letters):
        return own
    words = [w.casefold() for w in _WORD.findall(text)]
    if len(words) < _ENOUGH:
        return None
    shares = {code: sum(w in small for w in words) / len(words) for code, small in _WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    if best != "en" and len(words) < _SURE:
        # "met" and "in" of one English sentence are Dutch words too: a few words must be exclusive to the language
        alone = {w for w in words if w in _WORDS[best] and w not in _ALSO_ENGLISH}
        if len(alone) < _OWN or shares["en"] >= shares[best] / 2:
            return None
    if shares[best] >= _SHARE:
        return best
    return "und" if len(words) >= _FOREIGN else None


def _by_script(letters: list[str]) -> str | None:
    # these scripts have no spaces between words, or are used by only one language
    if not letters:
        return None
    scripts = Counter(unicodedata.name(c, "?").split()[0] for c in letters[:2000])
    seen = sum(scripts.values())
    if scripts["HANGUL"] > seen / 2:
        return "ko"
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > seen / 10:
        return "ja"
    if scripts["CJK"] > seen / 2:
        return "zh"
    return None
