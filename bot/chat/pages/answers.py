"""Answers of the pages: with an ETag, for whom they are, and nothing for others."""

from hashlib import sha256
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

# Signed in or not, and the browser's language: each makes another page of it.
VARY = "Cookie, Accept-Language"


def page(
    request: Request, html: str, *, status: int = 200, is_for_all: bool = False
) -> Response:
    """`is_for_all`: the same for everybody who is not signed in."""
    tag = f'W/"{sha256(html.encode()).hexdigest()[:32]}"'
    # Asked again each time: a board moves, and after signing out nothing is shown.
    kept = "public, max-age=30" if is_for_all else "private, no-cache"
    headers = {"ETag": tag, "Cache-Control": kept, "Vary": VARY}
    if status == HTTPStatus.OK and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return HTMLResponse(html, status_code=status, headers=headers)


def private_page(html: str, *, status: int = 200) -> Response:
    """What must not be shown again by going back."""
    return HTMLResponse(
        html, status_code=status, headers={"Cache-Control": "no-store", "Vary": VARY}
    )
