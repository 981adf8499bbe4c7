"""Facts to HTML, by the templates of this folder and the chat's macros for blocks."""

from pathlib import Path

from bot.chat.pages.links import member_path, page_path
from bot.chat.pages.visitor import Visitor
from bot.chat.texts import LANGUAGES
from bot.chat.web.render import environment

FOLDER = Path(__file__).parent / "templates"


class Templates:
    def __init__(self) -> None:
        self._environment = environment(FOLDER)

    def page(self, name: str, visitor: Visitor, **facts: object) -> str:
        template = self._environment.get_template(f"{name}.html")
        return template.render(
            t=visitor.texts,
            visitor=visitor,
            languages=LANGUAGES,
            page_path=page_path,
            member_path=member_path,
            **facts,
        )
