"""Every page of the site as a visitor opens it, so that a page that is added is walked through as well."""

from typing import Any

from comity.site.address import ADDRESSES

OPENED = {
    "/index": ("/",),
    "/dyad/{a}/{b}": ("/dyad/RUS/MNG?on=2020-12-31",),
    "/dyad/{a}/{b}/brief": ("/dyad/RUS/MNG/brief",),
    "/calendar": ("/calendar?on=2020-09-22&within=P60M",),
    "/queue": ("/queue",),
    "/compare": ("/compare", "/compare?a=RUS&b=MNG&c=CHN&d=MNG"),
    "/states": ("/states",),
    "/state/{code}": ("/state/MNG",),
    "/events": ("/events", "/events?by=actor&by=year"),
    "/visits": ("/visits",),
    "/figures": ("/figures",),
    "/glossary": ("/glossary",),
    "/agreements": ("/agreements",),
    "/search": ("/search", "/search?words=treaty"),
    "/map": ("/map",),
    "/network": ("/network",),
    "/changes": ("/changes?since=2000",),
    "/coverage": ("/coverage",),
    "/about": ("/about",),
}
"""How the pages are opened that need no id of the ledger, by their addresses."""
BESIDE = ("/try", "/enter", "/nothing")
"""What answers besides the pages that are also data: forms, and what is not there."""


def every_page(site: Any) -> tuple[str, ...]:
    """Every page, with what is in the ledger of a server. Raises `KeyError` for one that nobody said how to open."""
    row = site.get("/dyad/RUS/MNG.json").json()["chronicle"]["rows"][0]
    agreement = site.get("/agreements.json").json()["agreements"]["rows"][0]["id"]
    opened = OPENED | {
        "/agreement/{key:path}": (f"/agreement/{agreement}",),
        "/fact/{key:path}": (f"/fact/{row['id']}",),
        "/document/{key}": (f"/document/{row['document']}", f"/document/{row['document']}?fact={row['id']}"),
    }
    pages = [page for address in ADDRESSES for page in opened[address.path]]
    return (*pages, f"/dyad/RUS/MNG?fact={row['id']}", *BESIDE)
