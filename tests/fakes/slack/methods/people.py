"""`users.*`, `team.*`, `bots.*`, `auth.*`: who is who."""

from tests.fakes.slack import wire
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods.request import Handler, Request
from tests.fakes.slack.world import Account


def _told(request: Request, account: Account) -> Json:
    locale, now = request.flag("include_locale"), request.state.clock()
    return wire.user(account, request.workspace, now=now, locale=locale)


def info(request: Request) -> Json:
    return {"user": _told(request, request.account())}


def listed(request: Request) -> Json:
    page, rest = request.page(list(request.workspace.accounts.values()))
    return {"members": [_told(request, account) for account in page], **rest}


def team(request: Request) -> Json:
    workspace = request.workspace
    if request.text("team") not in ("", workspace.id):
        raise Refused("team_not_found")
    domain = workspace.domain
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": domain}}


def bot(request: Request) -> Json:
    bot = request.bot
    if request.text("bot") not in ("", bot.bot_id):
        raise Refused("bot_not_found")
    app_id = request.state.application.id
    told = {"id": bot.bot_id, "user_id": bot.id, "name": bot.name, "app_id": app_id}
    return {"bot": {**told, "deleted": False}}


def auth_test(request: Request) -> Json:
    workspace = request.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "team_id": workspace.id,
        "user": workspace.bot.name,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


def revoke(request: Request) -> Json:
    really = not request.flag("test")
    if really:
        request.token.revoked = True
    return {"revoked": really}


def api_test(request: Request) -> Json:
    return {"args": request.arguments}


METHODS: dict[str, Handler] = {
    "users.info": info,
    "users.list": listed,
    "team.info": team,
    "bots.info": bot,
    "auth.test": auth_test,
    "auth.revoke": revoke,
    "api.test": api_test,
}
