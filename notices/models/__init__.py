"""Sources and what they published. Knows no subscriber (DESIGN section 3)."""

from notices.models.published import Deadline, Item, Notice, Reading, Revision
from notices.models.sources import Family, HostState, Incident, KeptPage, RobotsFile, Source, TlsProfile

__all__ = [
    "Deadline", "Family", "HostState", "Incident", "Item", "KeptPage", "Notice", "Reading", "Revision",
    "RobotsFile", "Source", "TlsProfile",
]  # fmt: skip
