"""A delivery's name to the outside."""

import hashlib


def identifier(key: str) -> str:
    """The same on every try, saying nothing of the person."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
