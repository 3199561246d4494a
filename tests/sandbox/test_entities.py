"""HTML to text with entities and back to HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.text.entities import formatted
from bot.sandbox.text.html_parser import parse_html
from bot.sandbox.text.rendering import to_html
from bot.sandbox.text.utf16 import cut, units

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "blockquote expandable": "expandable_blockquote", "tg-spoiler": "spoiler",
    'span class="tg-spoiler"': "spoiler", 'a href="https://example.com/?a=1&amp;b=2"': "text_link",
    'tg-emoji emoji-id="5368324170671202286"': "custom_emoji",
    'tg-time unix="1700000000" format="wDT"': "date_time",
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    tag: str
    children: list[Any]


CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(CHARACTERS, max_size=8) | st.sampled_from(["سلام", "Привет", "👩‍💻", "a<b", "x&y", '"', "\n", " "])
NODES = st.recursive(
    TEXT,
    lambda inner: st.builds(Element, st.sampled_from(sorted(TAGS)), st.lists(inner, max_size=3)),
    max_leaves=12,
)
TREES = st.lists(NODES, max_size=4)


def written(node: str | Element) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    inside = "".join(map(written, node.children))
    return f"<{node.tag}>{inside}</{node.tag.split()[0]}>"


def plain(node: str | Element) -> str:
    return node if isinstance(node, str) else "".join(map(plain, node.children))


def marked(node: str | Element) -> list[tuple[str, str]]:
    """What each element says and marks, inner ones first."""
    if isinstance(node, str):
        return []
    own = [(TAGS[node.tag], plain(node))] if plain(node) else []
    return [pair for child in node.children for pair in marked(child)] + own


class Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def seen(html: str) -> str:
    page = Visible()
    page.feed(html)
    page.close()
    assert not page.open
    return page.text


@given(TREES)
def test_the_text_is_what_is_left_without_tags_and_entities_cut_out_what_their_tags_held(
    tree: list[Any],
) -> None:
    source = "".join(map(written, tree))
    text, entities = parse_html(source)
    assert text == "".join(map(plain, tree))
    assert [(e["type"], cut(text, e["offset"], e["length"])) for e in entities] == [
        pair for node in tree for pair in marked(node)
    ]


@given(TREES)
def test_what_the_page_shows_is_the_text_and_its_tags_nest(tree: list[Any]) -> None:
    message = formatted("".join(map(written, tree)), "HTML")
    # A browser's parser turns carriage returns and NULs into something else; cleaned text has none.
    assert seen(to_html(message.text, message.entities)) == message.text


@given(TREES)
def test_entities_of_a_message_are_sorted_and_lie_within_it(tree: list[Any]) -> None:
    message = formatted("".join(map(written, tree)), "HTML")
    places = [(e["offset"], -e["length"]) for e in message.entities]
    assert places == sorted(places)
    assert all(e["length"] > 0 and e["offset"] + e["length"] <= units(message.text) for e in message.entities)
    assert message.text == message.text.rstrip(" \n")


@given(
    st.lists(st.tuples(st.sampled_from(["bold", "italic", "text_link", "code"]), st.integers(0, 9), st.integers(0, 9)))
)
def test_overlapping_explicit_entities_still_become_well_formed_html(
    entities: list[tuple[str, int, int]],
) -> None:
    listed = [{"type": kind, "offset": at, "length": length, "url": "https://a.b/"} for kind, at, length in entities]
    assert seen(to_html("0123456789abcdefghi", listed)) == "0123456789abcdefghi"


@given(st.text(CHARACTERS))
def test_any_escaped_text_survives(text: str) -> None:
    assert parse_html(escape(text)) == (text, [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("я <br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("سلام 😀<p>", 'Unsupported start tag "p" at byte offset 13'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =1>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;&gt;&amp;&quot;&#39;&#x1F600;&nbsp;&", "<>&\"'😀&nbsp;&", []),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("😀<b>ж</b>", "😀ж", [("bold", 2, 1)]),
        ("  <b> a </b> ", " a", [("bold", 0, 2)]),
        ("\t a\r\n\u202eb", "a\nb", []),
        ("<b>a\u202e</b>c", "ac", [("bold", 0, 1)]),
        ("<b><b>a</b></b>", "a", [("bold", 0, 1)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<pre><b>a</b></pre>", "a", [("pre", 0, 1)]),
        ("<b></b>a", "a", []),
        ("<a>example.com</a>", "example.com", [("text_link", 0, 11)]),
        ('<a href="javascript:alert(1)">a</a>', "a", []),
        ("see https://a.io/x?y=1.", "see https://a.io/x?y=1.", [("url", 4, 18)]),
        ("tap /help, @someone #тег", "tap /help, @someone #тег", [
            ("bot_command", 4, 5), ("mention", 11, 8), ("hashtag", 20, 4)]),
        ("<code>/help</code>", "/help", [("code", 0, 5)]),
    ],
)  # fmt: skip
def test_a_text_is_cleaned_and_marked_as_telegram_does_it(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    message = formatted(source, "HTML")
    assert message.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in message.entities] == entities


def test_a_language_of_code_belongs_to_the_block_around_it() -> None:
    message = formatted('<pre><code class="language-python">x</code></pre>', "HTML")
    assert message.entities == ({"type": "pre", "offset": 0, "length": 1, "language": "python"},)
    assert to_html(message.text, message.entities) == '<pre><code class="language-python">x</code></pre>'


def test_nothing_that_could_run_gets_into_the_page() -> None:
    entities = [
        {"type": "text_link", "offset": 0, "length": 1, "url": 'javascript:alert("1")'},
        {"type": "text_link", "offset": 1, "length": 1, "url": 'https://a.b/"onmouseover="x'},
        {"type": "pre", "offset": 2, "length": 1, "language": '"><script>'},
    ]
    html = to_html("<&>", entities)
    assert "javascript" not in html
    assert "<script" not in html
    assert 'href="https://a.b/&quot;onmouseover=&quot;x"' in html
    assert seen(html) == "<&>"
