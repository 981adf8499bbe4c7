"""`files.*`: an upload in three steps, and what is known of a file."""

from tests.fakes.slack import posting, wire
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods.request import Handler, Request
from tests.fakes.slack.outgoing import check_escaping, check_mentions
from tests.fakes.slack.world import File

# docs.slack.dev/reference/methods/files.getUploadURLExternal.
SNIPPET_BYTES = 1_000_000
ALT_TEXT = 1000
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg")


def upload_url(request: Request) -> Json:
    length = int(request.text("length"))
    if length <= 0:
        raise Refused("invalid_arguments", ["length must be above 0"])
    if request.text("snippet_type") and length > SNIPPET_BYTES:
        raise Refused("snippet_too_large")
    if len(request.text("alt_txt")) > ALT_TEXT:
        raise Refused("alt_txt_too_large")
    file = File(
        id=request.state.new_id("F"),
        name=request.text("filename"),
        owner=request.bot,
        length=length,
        alt_text=request.text("alt_txt"),
        snippet=bool(request.text("snippet_type")),
        complete=False,
    )
    if file.name.endswith(IMAGES) and not file.alt_text:
        request.state.violate(
            "picture_without_alt_text", request.method.name, file.name
        )
    request.workspace.files[file.id] = file
    place = f"{request.state.origin}/upload/v1/{request.workspace.id}/{file.id}"
    return {"upload_url": place, "file_id": file.id}


def complete(request: Request) -> Json:
    files = [_uploaded(request, one) for one in request.arguments["files"]]
    for file in files:
        file.complete = True
    names = request.words("channels") or request.words("channel_id")
    comment = request.text("initial_comment")
    if comment:
        check_mentions(request.state, request.method.name, [comment])
        check_escaping(request.state, request.method.name, [comment])
    for name in names:
        channel = request.state.channel(request.workspace, name)
        if request.bot.id not in channel.members:
            raise Refused("not_in_channel")
        thread_ts = request.text("thread_ts") or None
        if thread_ts and thread_ts not in channel.messages:
            raise Refused("invalid_arguments", ["thread_ts is no message"])
        posting.post(
            request.state,
            channel,
            request.bot,
            text=comment,
            files=files,
            thread_ts=thread_ts,
        )
    return {"files": [wire.file(file, request.state.origin) for file in files]}


def _uploaded(request: Request, asked: Json) -> File:
    file = request.workspace.files.get(asked.get("id", ""))
    if file is None or file.complete or not file.content:
        raise Refused("file_not_found")
    if len(file.content) != file.length:
        request.state.violate("length_of_upload", request.method.name, file.name)
    file.title = asked.get("title") or file.name
    return file


def info(request: Request) -> Json:
    file = request.state.file(request.workspace, request.text("file"))
    return {"file": wire.file(file, request.state.origin), "comments": []}


def delete(request: Request) -> Json:
    file = request.state.file(request.workspace, request.text("file"))
    if file.owner is not request.bot:
        raise Refused("cant_delete_file")
    file.deleted = True
    return {}


METHODS: dict[str, Handler] = {
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete,
    "files.info": info,
    "files.delete": delete,
}
