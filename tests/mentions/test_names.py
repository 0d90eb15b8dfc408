"""What stands in a report is looked up once: its names and titles, what it is about, whence it comes."""

from comity.document.document import Document
from comity.language.analysis import analyse
from comity.mentions.names import Names, names_of


def names(text: str, title: str | None = None, source: str | None = None) -> Names:
    document = Document(id="d", text=text, title=title, published="2019-09-02", source=source)
    return names_of(analyse(document), document)


def test_each_name_has_its_words_and_its_characters_in_the_text():
    text = "It rained. The Kremlin thanked Côte d’Ivoire."
    found = names(text).in_sentence[1]
    assert [(n.text, n.code, n.kind) for n in found] == [
        ("Kremlin", "RUS", "metonym"),
        ("Côte d’Ivoire", "CIV", "state"),
    ]
    assert [text[n.start : n.end] for n in found] == [n.text for n in found]
    assert [(n.sentence, n.first, n.last) for n in found] == [(1, 1, 2), (1, 3, 5)]


def test_a_name_refers_throughout_a_report_to_what_it_is_first_said_to_be():
    found = names("He was arrested in Peru, Indiana. Police in Peru said so.")
    assert [(n.code, n.kind) for n in found.in_sentence[1]] == [("USA", "city")]


def test_a_group_without_organs_is_known_by_its_members():
    (found,) = names("The Benelux states agreed.").in_sentence[0]
    assert (found.kind, set(found.members)) == ("region", {"BEL", "LUX", "NLD"})


def test_titles_of_office_are_known_by_their_first_word():
    found = names("The Prime Minister and his envoy left.").titles[0]
    assert {i: (office.title, n) for i, (office, n) in found.items()} == {
        1: ("prime minister", 2),
        2: ("minister", 1),
        5: ("envoy", 1),
    }


def test_a_report_names_what_its_title_names_too():
    found = names("They met.", "Chile and Peru sign a treaty")
    assert found.codes == {"CHL", "PER"}
    assert set(found.about) == {"CHL", "PER"}
    assert [[n.code for n in found.in_sentence[i]] for i in (0, 1)] == [["CHL", "PER"], []]


def test_a_report_comes_from_the_town_of_its_dateline_where_it_speaks_of_its_state():
    assert names("LIMA, March 26 - Peru's minister left. The minister came back.").home == "PER"
    assert names("NICOSIA, March 3 - Iran's oil minister left.").home == "IRN"
    assert names("Peru's minister left Lima.").home is None


def test_a_government_publishes_at_its_own_address():
    assert names("The President spoke.", source="https://www.whitehouse.gov/x").house == "USA"
    assert names("The President spoke.").house is None


def test_in_capitals_alone_the_surnames_of_leaders_are_marked():
    assert names("PUTIN THANKED PERU").surnames == {0: {0}}
    assert names("Putin thanked Peru.").surnames == {}
