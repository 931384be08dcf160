"""The mailbox that mails come back to: a Maildir, as Postfix, Dovecot and getmail fill one."""

import mailbox
from collections import Counter
from datetime import datetime
from pathlib import Path

from alerts.returned_mail import BROKEN, taken

STAYS = ("other", "stranger", BROKEN)


def empty(place: Path, now: datetime) -> Counter[str]:
    """Takes in all that is new; what came back of ours is removed, the rest stays, as seen.

    A mail is removed once its receipt stands: a death in between costs nothing, the second time it is known.
    """
    box = mailbox.Maildir(place, create=False)
    found: Counter[str] = Counter()
    for key, mail in box.items():
        if mail.get_subdir() == "cur":
            continue
        what = taken(box.get_bytes(key), now)
        found[what] += 1
        if what in STAYS:
            mail.set_subdir("cur")
            box[key] = mail
        else:
            box.discard(key)
    return found
