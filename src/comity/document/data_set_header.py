"""Public data sets, recognized by their headers: their rows are coded data, not reports to be read."""

import re
from collections.abc import Iterable

_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("icews", ("event_id", "source_name", "cameo_code")),
    ("icews", ("event_id", "source_name", "event_text", "target_name")),
    ("icews", ("event_id", "source_name", "intensity", "target_name")),
    ("polecat", ("event_id", "event_type", "actor_country", "recipient_country")),
    ("polecat", ("event_id", "event_type", "actor_name", "recipient_name")),
    ("polecat", ("id", "date", "event", "actor", "recipient")),
    ("icews", ("source", "relation", "target", "date")),
    ("acled", ("event_id_cnty",)),
    ("acled", ("event_date", "sub_event_type", "actor1")),
    ("gdelt", ("globaleventid",)),
    ("gdelt", ("actor1code", "actor2code", "eventcode")),
    ("gdelt", ("mentiontimedate", "mentiontype")),
    ("gdelt", ("gkgrecordid",)),
    ("phoenix", ("eventid", "story_date", "source_actor_full")),
    ("phoenix", ("code", "goldstein", "source", "target")),
    ("phoenix", ("eid", "story_date", "goldstein")),
    ("phoenix", ("date8", "src_actor", "tgt_actor", "goldstein")),
    ("terrier", ("code", "goldstein", "source_actor", "target_actor")),
    ("ucdp_ged", ("type_of_violence", "side_a", "side_b")),
    ("cow_alliances", ("version4id", "ccode1", "ccode2")),
    ("cow_contiguity", ("statelno", "statehno", "conttype")),
    ("cow_trade", ("ccode1", "ccode2", "flow1", "flow2")),
    ("cow_trade", ("ccode", "year", "imports", "exports")),
    ("cow_diplomatic", ("ccode1", "ccode2", "dr_at_1", "dr_at_2")),
    ("cow_states", ("ccode", "statenme", "styear")),
    ("cow_igo", ("ccode1", "ccode2", "dyadigos")),
    ("cow_igo", ("ioname", "year", "sdate")),
    ("atop", ("atopid1", "year")),
    ("atop", ("atopid", "member", "yrent")),
    ("atop", ("atop_defense", "atop_offense")),
    ("atop", ("defense", "offense", "neutral", "nonagg", "consul")),
    ("atop", ("atopally", "defense", "offense")),
    ("desta", ("base_treaty", "entryforceyear")),
    ("manytreaties", ("title", "signature", "force", "term")),
    ("gptad", ("common_name", "membership", "date_of_signature")),
    ("unts", ("registration_number", "participants")),
    ("wti", ("treaty_id", "party1", "party2")),
    ("lowy", ("post_country", "post_city", "post_type")),
    ("diplometrics", ("sending_country", "destination", "lor")),
    ("colt", ("leaderfullname", "countryvisitediso")),
    ("comtrade", ("reportercode", "partnercode", "flowcode")),
    ("comtrade", ("reporter", "partner", "trade_flow")),
    ("comtrade", ("reporter_iso", "partner_iso", "commodity_code")),
    ("comtrade", ("reporterdesc", "partnerdesc")),
    ("comtrade", ("period", "flowcode", "cmdcode", "primaryvalue")),
    ("comtrade", ("reporteriso", "partneriso", "primaryvalue")),
    ("world_bank", ("country_code", "indicator_code")),
    ("world_bank", ("series_code", "country_code")),
    ("world_bank", ("series_name", "country_code")),
    ("world_bank", ("country_name", "country_code", "time_code")),
    ("world_bank", ("countryiso3code", "indicator", "value")),
    ("sipri", ("sipri_at_database_id",)),
    ("sipri", ("supplier", "recipient", "weapon_designation")),
    ("sipri", ("recipient", "supplier", "year_of_order")),
    ("sipri", ("supplier", "recipient", "tiv")),
    ("aiddata", ("aiddata_id", "donor", "recipient")),
    ("aiddata", ("aiddata_record_id",)),
    ("aiddata", ("aiddata_tuff_project_id",)),
    ("aiddata", ("financier_country", "recipient", "commitment_year")),
    ("fbic", ("iso3a", "iso3b", "year")),
)
"""Combinations of columns that only one kind of data set has."""


def data_set_of(columns: Iterable[str]) -> str | None:
    """The kind of data set of a header; null if it is none that `comity import` supports.

    >>> data_set_of(["Event ID", "Event Date", "Source Name", "CAMEO Code"]), data_set_of(["title", "text"])
    ('icews', None)
    """
    there = {plain_column(c) for c in columns}
    return next((kind for kind, signs in _SIGNS if there.issuperset(signs)), None)


def plain_column(name: str) -> str:
    """The name of a column, ignoring case, punctuation and blanks.

    >>> plain_column("Pub. Date "), plain_column("publishedAt")
    ('pub_date', 'publishedat')
    """
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lstrip("\ufeff").casefold()).strip("_")
