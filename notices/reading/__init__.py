"""Reading: text in, `Reading` out, every value with the words that prove it. Pure: no Django, no network."""

from notices.reading.reader import READER_VERSION, read

__all__ = ["READER_VERSION", "read"]
