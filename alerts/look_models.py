"""How far composing has looked for whom: what has arrived, in rounds, and each subscription's last look."""

from django.db import models

from subscribers.models import Contact, Subscription


class Arrival(models.Model):
    """That matches or a change were recorded, with the times that they bear, until it is put into a round."""

    oldest = models.DateTimeField()
    newest = models.DateTimeField()


class Round(models.Model):
    """What arrived between two looks. Numbers only ever grow: the last one is never deleted.

    `floor`: nothing of this round or of a later one bears an earlier time. `newest`: nothing of this a later.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    floor = models.DateTimeField(db_index=True)
    newest = models.DateTimeField(db_index=True)


class Look(models.Model):
    """Up to which round a contact was told all that a subscription met; none is as good as never."""

    # Both from rows that compose has just read: not checked again.
    pk = models.CompositePrimaryKey("subscription_id", "contact_id")
    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", db_constraint=False)
    round = models.PositiveBigIntegerField()
