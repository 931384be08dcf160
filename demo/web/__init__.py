"""A small government web on loopback: nine sites, each served as its CMS family does.

`GovernmentWeb` serves it; what it says lies in `notices/` as data, how it looks in `templates/`.
"""

from demo.web.server import GovernmentWeb

__all__ = ["GovernmentWeb"]
