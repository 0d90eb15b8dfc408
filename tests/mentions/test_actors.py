"""Who acts, who is meant, who speaks and where, on sentences of our own."""

from functools import cache

from comity.document.document import Document
from comity.mentions.article import Article
from comity.mentions.reader import read_article


@cache
def article(text: str, published: str | None = "2019-09-02") -> Article:
    return read_article(Document(id="t", text=text, published=published, language="en"))


def person(text: str, name: str, published: str | None = "2019-09-02"):
    return next(m for m in article(text, published).actors if m.name == name)


def test_an_office_before_a_name_gives_name_role_and_state():
    m = person("French Foreign Minister Jean Martin arrived.", "Jean Martin")
    assert (m.role, m.state, m.sector) == ("Foreign Minister", "FRA", "GOV")


def test_an_office_after_a_name_gives_role_and_state():
    m = person("Anna Berg, the Norwegian trade minister, spoke.", "Anna Berg")
    assert (m.role, m.state) == ("Trade Minister", "NOR")


def test_a_possessive_tells_the_state():
    assert person("Kenya's President John Otieno spoke.", "John Otieno").state == "KEN"


def test_a_surname_carries_the_first_full_mention():
    text = "Peruvian President Julio Quispe spoke in Lima. Quispe praised Chile."
    assert [m.state for m in article(text).actors if m.name == "Julio Quispe"] == ["PER", "PER"]


def test_a_leader_of_the_time_is_known_without_an_office():
    assert person("Brezhnev praised Cuba.", "Leonid Brezhnev", "1975-05-01").state == "SUN"


def test_he_is_the_person_told_of():
    text = "Peruvian President Julio Quispe flew to Quito. He praised Ecuador."
    assert next(m for m in article(text).actors if m.text == "He").name == "Julio Quispe"


def test_a_counterpart_holds_the_same_office():
    text = "Peruvian President Julio Quispe met his Chilean counterpart Ana Rojas."
    m = person(text, "Ana Rojas")
    assert (m.role, m.state) == ("President", "CHL")


def test_the_two_countries_are_the_two_told_of():
    text = "Peru and Chile signed a pact. The two countries will share water."
    assert set(next(m for m in article(text).actors if m.text == "The two countries").states) == {"PER", "CHL"}


def test_both_sides_may_be_named_later_in_the_sentence():
    text = "Peru met Chile. Both sides were pleased."
    assert set(next(m for m in article(text).actors if m.kind == "pronoun").states) == {"PER", "CHL"}


def test_troops_and_officials_act_for_their_state():
    found = {m.text: (m.state, m.sector) for m in article("Soviet troops left. Turkish officials cheered.").actors}
    assert found["Soviet troops"] == ("SUN", "MIL")
    assert found["Turkish officials"] == ("TUR", "GOV")


def test_the_continuing_state_stands_beside_a_former_one():
    assert next(m for m in article("The Soviet Union protested.").actors).state_now == "RUS"


def test_so_does_one_of_a_group():
    (allies,) = (m for m in article("The Allies met in Moscow.", "1944-05-01").actors if m.members)
    assert {m.state: m.state_now for m in allies.members}["SUN"] == "RUS"


def test_an_office_has_its_rank_however_it_is_written():
    assert person("Peruvian President Julio Quispe spoke.", "Julio Quispe").level == "head of state"
    assert person("Mr. Quispe of Peru spoke.", "Quispe").level is None


def test_an_organisation_is_none_of_its_members():
    m = next(m for m in article("NATO condemned the attack.").actors)
    assert (m.state, m.organisation, m.states) == (None, "NATO", ("NATO",))


def test_a_capital_acts_where_it_is_a_subject_and_is_a_place_after_in():
    assert [m.state for m in article("Beijing rejected the demand.").actors] == ["CHN"]
    assert [m.state for m in article("Talks were held in Beijing.").actors] == []


def test_a_minister_without_a_state_belongs_to_the_dateline():
    text = "CAIRO, March 16 - Egypt will pay. Finance Minister Omar Fahmy, who was pleased, spoke."
    assert person(text, "Omar Fahmy", "1987-03-16").state == "EGY"


def test_reported_speech_has_its_speaker_and_span():
    text = "Norwegian Prime Minister Kari Dahl said Sweden would sign the pact."
    q = article(text).quotations[0]
    assert (q.speaker.name, text[q.start : q.end]) == ("Kari Dahl", "Sweden would sign the pact")


def test_direct_speech_before_the_speaker_is_found():
    text = "“Our ties with Sweden are good,” Norwegian Prime Minister Kari Dahl said."
    q = article(text).quotations[0]
    assert q.direct
    assert text[q.start : q.end].startswith("“Our ties")


def test_according_to_names_the_speaker():
    text = "Sweden will sign the pact, according to Norwegian Prime Minister Kari Dahl."
    assert article(text).quotations[0].speaker.name == "Kari Dahl"


def test_a_body_may_name_its_state_after_it():
    text = "Sweden will sign the pact, according to the foreign ministry of Poland."
    assert article(text).quotations[0].speaker.states == ("POL",)


def test_what_a_speaker_adds_is_his_too():
    text = "“Ties are good,” Norwegian Prime Minister Kari Dahl said, adding that Sweden would supply gas."
    assert [q.speaker.name for q in article(text).quotations] == ["Kari Dahl", "Kari Dahl"]


def test_the_government_is_that_of_the_state_told_of():
    text = "Peru recalled its envoy. The government rejected the note."
    assert next(m for m in article(text).actors if m.text == "The government").state == "PER"


def test_i_in_a_statement_is_its_author():
    text = "Statement by Peruvian President Julio Quispe\n\nI condemn the attack."
    assert next(m for m in article(text).actors if m.text == "I").state == "PER"


def test_what_the_article_says_itself_has_no_speaker():
    assert article("Norway and Sweden signed a pact.").quotations == ()


def test_places_have_their_state_and_unknown_ones_have_none():
    found = {p.name: p.state for p in article("They met in Geneva and fought on the Orkhon River.").places}
    assert found["Geneva"] == "CHE"
    assert found["Orkhon River"] is None


def test_a_town_where_a_president_is_does_not_make_him_its_own():
    text = "Peruvian President Julio Quispe spoke. While in Quito President Quispe will rest."
    assert {m.state for m in article(text).actors if m.name == "Julio Quispe"} == {"PER"}


def test_a_day_of_the_week_is_nobody():
    assert "Sunday" not in {m.name for m in article("On Sunday, the President will rest.").actors}


def test_a_governments_own_paper_means_its_own_president():
    text = "On Friday, the President will receive a guest."
    own = read_article(Document(id="t", text=text, published="2023-05-02", source="https://www.whitehouse.gov/x"))
    other = read_article(Document(id="t", text=text, published="2023-05-02", source="https://example.org/x"))
    assert [(m.name, m.state) for m in own.actors if m.kind == "person"] == [("Joe Biden", "USA")]
    assert [m for m in other.actors if m.state] == []


def test_an_armed_movement_acts_for_the_state_it_fights_in():
    import comity

    (event,) = comity.read("Last week, Taliban leaders met U.S. special envoy Zalmay Khalilzad in Qatar.").events
    assert {a.state for a in (*event.actor, *event.recipient)} == {"AFG", "USA"}


def test_a_group_of_states_that_is_no_organisation_stands_for_its_members():
    import comity

    (event,) = comity.read("Russia met the Baltic states in Vienna.").events
    assert {a.state for a in event.recipient} == {"EST", "LVA", "LTU"}


def test_the_month_of_may_is_nobody():
    import comity

    (event,) = comity.read("Saudi hackers attacked Iranian websites in May.").events
    assert {a.state for a in event.recipient} == {"IRN"}


def test_who_leads_a_delegation_of_a_state_acts_for_it_and_so_does_the_delegation_later():
    import comity

    text = (
        "Dr. Elizabeth Smith-Randall led a US delegation to a conference in Tashkent, Uzbekistan. "
        "The delegation met with Afghan President Ashraf Ghani."
    )
    met = [e for e in comity.read(text, published="2021-07-17").events if "Ghani" in e.quote]
    assert {a.state for e in met for a in (*e.actor, *e.recipient)} == {"USA", "AFG"}


def anaphora(text: str) -> dict[str, tuple[str, ...]]:
    return {m.text: m.states for m in article(text).actors if m.antecedent or m.members}


def test_the_two_sides_are_those_who_met():
    text = (
        "LIMA, May 3 - Peruvian Foreign Minister Julio Quispe met his Chilean counterpart in Lima on Friday.\n\n"
        "The two sides discussed the border. Both countries want peace."
    )
    found = anaphora(text)
    assert set(found["The two sides"]) == {"PER", "CHL"}
    assert set(found["Both countries"]) == {"PER", "CHL"}


def test_a_word_that_names_nobody_keeps_the_words_that_name_whom_it_stands_for():
    text = "Peru recalled its envoy from Chile. The government rejected the note."
    mention = next(m for m in article(text).actors if m.text == "The government")
    words, start, end, part = mention.antecedent
    assert (text[start:end], part) == (words, "text")


def test_a_surname_that_many_bear_means_nobody_unless_the_report_names_the_state():
    alone = article("Harris met Emmanuel Macron in Paris.", "2021-11-10")
    assert {m.name: m.states for m in alone.actors}.get("Timothy Harris") is None
    assert "KNA" not in {c for m in alone.actors for c in m.states}


def test_capitals_that_abbreviate_are_no_surname():
    assert [m for m in article("She has a BA in history and met BA.5 patients.", "2022-06-01").actors if m.states] == []


def test_a_surname_with_its_article_is_taken_whole():
    found = article("Spokesman Ahmed al-Assadi said Iraq would answer the United States.", "2020-01-05").actors
    assert "ETH" not in {c for m in found for c in m.states}


def test_a_firm_that_speaks_is_no_state():
    assert "it" not in anaphora("Peru sold oil to Chile. Acme Petroleum said it would build a plant.")


def test_a_lone_noun_of_no_office_stands_for_nobody():
    assert anaphora("Peru met Chile. The two outfielders were released.").keys().isdisjoint({"The two outfielders"})


def test_a_town_that_bears_a_states_name_stays_a_town_in_its_report():
    text = "A man was arrested in Peru, Indiana, on Monday. Police in Peru said he had fled from Mexico."
    assert "PER" not in {c for m in article(text).actors for c in m.states}


def test_congo_is_the_one_that_the_report_is_about():
    text = "BRAZZAVILLE - The Republic of Congo signed a pact with Angola. Congo will ratify it soon."
    assert {"COG", "AGO"} == {c for m in article(text).actors for c in m.states}


def test_a_leader_of_a_state_that_is_gone_acts_for_the_one_that_goes_on():
    found = next(m for m in article("Mikhail Gorbachev met Angela Merkel in Berlin.").actors if m.kind == "person")
    assert found.state == "RUS"
