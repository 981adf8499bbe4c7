"""The pages at the end of installing: plain, for whoever came by a link.

What stands in them of Slack's or of a browser's own is escaped.
"""

from html import escape
from urllib.parse import quote

from babel.core import negotiate_locale

from bot.chat.texts import LANGUAGES, Texts, texts_in


def installed_page(accepted: str, workspace: str, team: str) -> str:
    """`accepted`: the browser's `Accept-Language`; `team`: Slack's id."""
    texts = _texts(accepted)
    title = texts("slack_app.installed", workspace=workspace)
    link = f"https://app.slack.com/client/{quote(team)}"
    return _page(
        texts, title, texts("slack_app.next"), link, texts("slack_app.open_slack")
    )


def failed_page(accepted: str, reason: str, *, again: str) -> str:
    texts = _texts(accepted)
    told = texts(f"slack_app.failed.{reason}")
    return _page(
        texts, texts("slack_app.failed"), told, again, texts("slack_app.again")
    )


def _texts(accepted: str) -> Texts:
    """What the browser prefers among ours."""
    wanted = [part.partition(";")[0].strip() for part in accepted.split(",")]
    found = negotiate_locale([tag for tag in wanted if tag], LANGUAGES, sep="-")
    return texts_in(found or "en")


def _page(texts: Texts, title: str, told: str, link: str, label: str) -> str:
    return (
        f'<!doctype html><html lang="{texts.language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><main><h1>{escape(title)}</h1>"
        f"<p>{escape(told)}</p>"
        f'<p><a href="{escape(link)}">{escape(label)}</a></p></main></html>\n'
    )
