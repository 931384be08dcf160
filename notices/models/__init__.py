"""Sources and what they published. Knows no subscriber (DESIGN section 3)."""

from notices.models.attachments import Attachment
from notices.models.proving import Certainty, Found, Proving
from notices.models.published import Deadline, Item, Notice, Reading, Revision
from notices.models.sources import Family, HostState, Incident, KeptPage, RobotsFile, Source, TlsProfile
from notices.models.terms import LexiconVersion, OwnTopic, Strength, Term

__all__ = [
    "Attachment", "Certainty", "Deadline", "Family", "Found", "HostState", "Incident", "Item", "KeptPage",
    "LexiconVersion", "Notice", "OwnTopic", "Proving", "Reading", "Revision", "RobotsFile", "Source",
    "Strength", "Term", "TlsProfile",
]  # fmt: skip
