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


def profile(request: Request) -> Json:
    account = request.account() if request.text("user") else request.bot
    return {"profile": _told(request, account)["profile"]}


def do_not_disturb(request: Request) -> Json:
    account = request.account() if request.text("user") else request.bot
    away = account.away_until
    now = int(request.state.clock().timestamp())
    end = int(away.timestamp()) if away else 1
    return {
        "dnd_enabled": bool(away and end > now),
        "next_dnd_start_ts": 1,
        "next_dnd_end_ts": end,
        "snooze_enabled": False,
    }


def groups(request: Request) -> Json:
    known, disabled = request.workspace.groups, request.workspace.disabled_groups
    hidden = set() if request.flag("include_disabled") else disabled
    return {"usergroups": [_group(request, one) for one in known if one not in hidden]}


def disable_group(request: Request) -> Json:
    return _switch(request, enabled=False)


def enable_group(request: Request) -> Json:
    return _switch(request, enabled=True)


def _switch(request: Request, *, enabled: bool) -> Json:
    group_id, workspace = request.text("usergroup"), request.workspace
    if not workspace.pays:
        raise Refused("plan_upgrade_required")
    if group_id not in workspace.groups:
        raise Refused("no_such_subteam")
    workspace.disabled_groups.discard(group_id)
    if not enabled:
        workspace.disabled_groups.add(group_id)
    return {"usergroup": _group(request, group_id)}


def update_group(request: Request) -> Json:
    """Their users are replaced, all at once."""
    group_id, names = request.text("usergroup"), request.words("users")
    if not request.workspace.pays:
        raise Refused("plan_upgrade_required")
    if group_id not in request.workspace.groups:
        raise Refused("permission_denied")
    if not names:
        raise Refused("no_users_provided")
    if any(name not in request.workspace.accounts for name in names):
        raise Refused("invalid_users")
    request.workspace.groups[group_id] = names
    return {"usergroup": _group(request, group_id)}


def _group(request: Request, group_id: str) -> Json:
    users = request.workspace.groups[group_id]
    disabled = group_id in request.workspace.disabled_groups
    told: Json = {"id": group_id, "date_delete": int(disabled)}
    told |= {"team_id": request.workspace.id}
    return told | ({"users": users} if request.flag("include_users") else {})


def api_test(request: Request) -> Json:
    return {"args": request.arguments}


METHODS: dict[str, Handler] = {
    "users.info": info,
    "users.list": listed,
    "users.profile.get": profile,
    "dnd.info": do_not_disturb,
    "usergroups.disable": disable_group,
    "usergroups.enable": enable_group,
    "usergroups.list": groups,
    "usergroups.users.update": update_group,
    "team.info": team,
    "bots.info": bot,
    "auth.test": auth_test,
    "auth.revoke": revoke,
    "api.test": api_test,
}
