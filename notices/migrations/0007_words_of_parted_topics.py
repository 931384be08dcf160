"""Topics that were parted in the shipped file: what staff had laid over the whole lies over its parts too."""

from django.db import migrations

from notices.lexicon.normal import normalise
from notices.lexicon.topics import shipped

PARTS = {82: (84, 85), 13: (100,), 135: (99,)}  # 专项资金与奖补, 绿色园区, 绿色建筑与建材


def carry(apps, schema_editor, parted=PARTS):
    """Copies the rows that take words away, and those for words that a part ships; each stays where it is."""
    terms = apps.get_model("notices", "Term")
    for whole, parts in parted.items():
        for row in terms.objects.filter(topic=whole):
            for part in parts:
                if not row.enabled or row.strength == "exclude" or normalise(row.text) in _words(part):
                    same = {"strength": row.strength, "beside": row.beside, "enabled": row.enabled}
                    terms.objects.get_or_create(topic=part, text=row.text, defaults={**same, "note": row.note})


def _words(part):
    topic = shipped().topics.get(part)
    return {normalise(word) for word in (*topic.strong, *topic.title, *topic.weak)} if topic else set()


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0006_attachments"),
    ]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
    ]
