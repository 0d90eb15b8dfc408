"""The language of a report shows in its own small words, and a short English text is never taken for another."""

import pytest

from comity.document.language_identification import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Last week, Taliban leaders met U.S. envoy Zalmay Khalilzad in Qatar.",
        "Peru met Chile in Lima.",
        "Putin met Xi in Beijing on Monday.",
        "French President Emmanuel Macron visits Mongolia, meets President Khurelsukh in Ulaanbaatar.",
        "On Monday, President Donald Trump ordered financial sanctions on Iran's Supreme Leader Ali Khamenei.",
    ],
)
def test_a_short_english_text_is_read(text: str) -> None:
    assert language_of(text) in {"en", None}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les présidents du Chili et du Pérou ont signé un traité à Lima.", "fr"),
        ("Der Bundeskanzler hat sich mit dem Präsidenten der Republik in Berlin getroffen.", "de"),
        ("Los presidentes de Chile y del Perú firmaron un tratado para la paz en Lima.", "es"),
        ("De minister van Buitenlandse Zaken heeft het verdrag in Den Haag niet ondertekend.", "nl"),
    ],
)
def test_a_short_text_in_another_language_is_known(text: str, code: str) -> None:
    assert language_of(text) == code


def test_names_alone_identify_no_language() -> None:
    assert language_of("Ulaanbaatar") is None
