"""The elements of RSS 2.0, RSS 1.0 and Atom 1.0 (RFC 4287) that the strict path knows."""

from dataclasses import dataclass

ATOM_NS, RSS1_NS = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/}"
DC, CONTENT = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/rss/1.0/modules/content/}"
RDF, XHTML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/1999/xhtml}"
SYNDICATION = "{http://purl.org/rss/1.0/modules/syndication/}"
# feedparser goes by these prefixes too: a feed that binds one to another namespace confuses it.
PREFIXES = {"dc": DC, "content": CONTENT, "rdf": RDF, "xhtml": XHTML, "sy": SYNDICATION}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The elements of an entry that make its identity, and those that may stand beside them.

    `name` is the guid or id. `days` are in the order in which feed.py asks for them: published, then updated.
    """

    title: str
    link: str
    name: str
    days: tuple[str, ...]
    beside: frozenset[str]

    @property
    def kept(self) -> frozenset[str]:
        """All elements that identity is read from."""
        return frozenset({self.title, self.link, self.name, *self.days})


def _named(namespace: str, names: str) -> frozenset[str]:
    return frozenset(namespace + name for name in names.split())


DUBLIN = _named(DC, "creator subject publisher language rights description")
RSS = Dialect(
    "title",
    "link",
    "guid",
    ("pubDate", f"{DC}date"),
    _named("", "description category author comments enclosure source") | DUBLIN | {f"{CONTENT}encoded"},
)
RSS1 = Dialect(
    f"{RSS1_NS}title",
    f"{RSS1_NS}link",
    "",
    (f"{DC}date",),
    _named(RSS1_NS, "description") | DUBLIN | {f"{CONTENT}encoded"},
)
ATOM = Dialect(
    f"{ATOM_NS}title",
    f"{ATOM_NS}link",
    f"{ATOM_NS}id",
    (f"{ATOM_NS}published", f"{ATOM_NS}updated"),
    _named(ATOM_NS, "summary content author contributor category rights"),
)
KEPT = {dialect.title: dialect.kept for dialect in (RSS, RSS1, ATOM)}
PERSON = _named(ATOM_NS, "name uri email")
RSS_IMAGE = _named("", "url title link width height description")
RSS_CHANNEL = (
    _named(
        "",
        "title link description language copyright managingEditor webMaster pubDate lastBuildDate category"
        " generator docs ttl",
    )
    | _named(DC, "date")
    | _named(SYNDICATION, "updatePeriod updateFrequency updateBase")
    | DUBLIN
)
ATOM_FEED = _named(
    ATOM_NS, "title subtitle id updated rights generator icon logo category author contributor"
)
