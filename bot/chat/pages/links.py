"""The addresses of the pages, made and read in one place.

/c/<community>/boards?period=…&phase=…&page=…
/c/<community>/roadmap
/c/<community>/today
/c/<community>/members/<member>
/certificates/<certificate>[.json|.jwt|.png]
/certificates/key.json, issuer.json, revoked.json, phase-<n>.json
/sign-in/<secret>?next=<one of the above>
"""

import re
from urllib.parse import urlencode
from uuid import UUID

PAGES = ("boards", "roadmap", "today", "profile")

_OWN_PAGE = re.compile(
    r"/c/[0-9]{1,10}/(boards|roadmap|today|profile|members/[0-9]{1,18})"
)


def page_path(community_id: int, page: str, /, **query: object) -> str:
    """What is None or empty is left out of the query."""
    path = f"/c/{community_id}/{page}"
    given = {name: value for name, value in query.items() if value not in {None, ""}}
    return f"{path}?{urlencode(given)}" if given else path


def member_path(community_id: int, member_id: int) -> str:
    return page_path(community_id, f"members/{member_id}")


def certificate_path(certificate: UUID | str, ending: str = "") -> str:
    return f"/certificates/{certificate}{ending}"


def sign_in_path(secret: str, goes_to: str = "") -> str:
    return f"/sign-in/{secret}" + (
        f"?{urlencode({'next': goes_to})}" if goes_to else ""
    )


def own_page(asked: str) -> str | None:
    """The path, when it is one of ours: nobody is sent on to another site."""
    return asked if _OWN_PAGE.fullmatch(asked) else None
