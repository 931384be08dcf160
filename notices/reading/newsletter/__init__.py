"""A past newsletter's text in, its notices out: section, title, body, link. It knows none by name."""

from notices.reading.newsletter.splitting import Entry, Newsletter, split

__all__ = ["Entry", "Newsletter", "split"]
