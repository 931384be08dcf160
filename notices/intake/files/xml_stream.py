"""XML as it flows by: nothing is held, entities are refused, so size alone does no harm."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from notices.intake.files.papers import MOST_TEXT, Flaw, Full, Unreadable


class LocalNames(dict[str, str]):
    """`w:t` → `t`, remembered: a document has few names and many elements. Prefixes are not resolved."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


class Listener(Protocol):
    """What is told of each element, by its local name, and of the text between."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


@dataclass(slots=True)
class Counted:
    """Passes text on until there was enough."""

    listener: Listener
    left: int = 2 * MOST_TEXT

    def data(self, text: str) -> None:
        """More text; Full when it was enough."""
        self.left -= len(text)
        if self.left < 0:
            raise Full
        self.listener.data(text)


def listen(chunks: Iterable[bytes], listener: Listener) -> bool:
    """Tell the listener what the XML holds, up to more text than is kept of any file; whether that was all.

    Unreadable where it is no XML, or brings a DOCTYPE (XML bombs).
    """
    heard = Counted(listener)
    names = LocalNames()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, found: listener.start(names[name], _plain(found, names))
    parser.EndElementHandler = lambda name: listener.end(names[name])
    parser.CharacterDataHandler = heard.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except Full:
        return False
    except expat.ExpatError as error:
        raise Unreadable(Flaw.BROKEN) from error
    return True


def _plain(found: dict[str, str], names: "LocalNames") -> dict[str, str]:
    return {names[name]: value for name, value in found.items()} if found else found


def _refuse(*_declared: object) -> None:
    raise Unreadable(Flaw.BOMB)
