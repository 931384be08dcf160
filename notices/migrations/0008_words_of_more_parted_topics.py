"""Two more topics were parted: what staff had laid over the whole lies over its part too."""

from functools import partial
from importlib import import_module

from django.db import migrations

PARTS = {13: (15,), 95: (101,)}  # 绿色园区, 节水

carry = partial(import_module("notices.migrations.0007_words_of_parted_topics").carry, parted=PARTS)


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0007_words_of_parted_topics"),
    ]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
    ]
