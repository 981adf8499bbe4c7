"""Block Kit's lengths and counts, as (least, most).

The names are those of the published list, which a test holds these against. Where it
is silent the source stands beside the number.
"""

LIMITS: dict[str, tuple[int, int]] = {
    "text": (1, 3000),
    "action_id": (0, 255),
    "block_id": (0, 255),
    "button.text": (0, 75),
    "button.url": (0, 3000),
    "button.value": (0, 2000),
    "button.accessibility_label": (0, 75),
    "confirmation.title": (0, 100),
    "confirmation.text": (0, 300),
    "confirmation.confirm": (0, 30),
    "confirmation.deny": (0, 30),
    "option.text": (0, 75),
    "option.value": (0, 150),
    "option.description": (0, 75),
    "option.url": (0, 3000),
    "option_group.label": (0, 75),
    "option_group.options": (1, 100),
    "select.placeholder": (0, 150),
    "select.options": (0, 100),
    "select.option_groups": (0, 100),
    "overflow.options": (1, 5),
    "checkboxes.options": (1, 10),
    "radio_buttons.options": (1, 10),
    "url_source.url": (1, 3000),
    "file_input.max_files": (1, 10),
    "plain_text_input.max_length": (0, 3000),
    "actions.elements": (0, 25),
    "context.elements": (0, 10),
    "header.text": (0, 150),
    "image.image_url": (0, 3000),
    "image.alt_text": (0, 2000),
    "input.label": (0, 2000),
    "input.hint": (0, 2000),
    "markdown.text": (1, 12000),
    "section.text": (0, 3000),
    "section.fields": (0, 10),
    "section.fields.item": (0, 2000),
    "view.blocks": (1, 100),
    "view.private_metadata": (0, 3000),
    "view.callback_id": (0, 255),
    "view.title": (0, 24),
    "view.close": (0, 24),
    "view.submit": (0, 24),
}

# PLATFORMS.md.
MESSAGE_BLOCKS = 50
BLOCK_CHARACTERS = 13_200
VIEW_BYTES = 250_000
UPDATED_TEXT_BYTES = 4000
# docs.slack.dev/reference/methods/chat.postMessage: longer text is cut.
TEXT_CHARACTERS = 40_000
# docs.slack.dev/surfaces/modals: three views in a modal's stack.
STACK = 3
EXTERNAL_ID = 255
