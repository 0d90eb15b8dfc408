import pytest

from comity.language.lemmas import lemma


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "expected"),
    [
        ("signed", "VERB", "VBD", "sign"),
        ("Signed", "VERB", "VBN", "sign"),
        ("met", "VERB", "VBD", "meet"),
        ("was", "AUX", "VBD", "be"),
        ("has", "AUX", "VBZ", "have"),
        ("n't", "PART", "RB", "not"),
        ("’ll", "AUX", "MD", "will"),
        ("treaties", "NOUN", "NNS", "treaty"),
        ("talks", "NOUN", "NNS", "talk"),
        ("largest", "ADJ", "JJS", "large"),
        ("Putin", "PROPN", "NNP", "Putin"),
        ("The", "DET", "DT", "the"),
    ],
)
def test_words_have_their_dictionary_form(word, upos, xpos, expected):
    assert lemma(word, upos, xpos) == expected
