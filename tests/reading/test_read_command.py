"""`manage.py read`: JSON lines in, JSON lines out, in our words or another vocabulary."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

LABELS = Path(__file__).parent / "corpus_labels.json"
NOTICE = {
    "id": "n1",
    "title": "关于做好2019年绿色工厂推荐工作的通知",
    "text": (
        "淮经信节能函〔2019〕51号\n各区经信局：\n请于2019年10月29日17:00前将申报材料报送市经信局。\n"
        "淮北市经济和信息化局\n2019年10月21日"
    ),
}


def answers(tmp_path: Path, *lines: str, labels: Path | None = None) -> list[dict[str, Any]]:
    given, out = tmp_path / "in.jsonl", io.StringIO()
    given.write_text("\n".join(lines), encoding="utf-8")
    call_command("read", str(given), *(["--labels", str(labels)] if labels else []), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_read_writes_the_fields_of_the_design(tmp_path: Path) -> None:
    [row] = answers(tmp_path, json.dumps(NOTICE, ensure_ascii=False))

    assert (row["id"], row["issuer"], row["doc_no"]) == (
        "n1",
        "淮北市经济和信息化局",
        "淮经信节能函〔2019〕51号",
    )
    assert (row["province"], row["city"], row["county"], row["zone"]) == ("安徽省", "淮北市", None, None)
    assert (row["topics"], row["kind"], row["rolling"]) == (["绿色工厂"], "application", False)
    assert row["main_deadline"] == row["deadlines"][0]["date"] == "2019-10-29"
    assert (row["deadlines"][0]["time"], row["deadlines"][0]["quote"]) == (
        "17:00",
        "请于2019年10月29日17:00前",
    )
    assert 0 < row["confidence"] <= 1


def test_labels_map_to_another_vocabulary(tmp_path: Path) -> None:
    other = json.dumps({"id": 2, "title": "关于放假的通知", "text": ""})

    rows = answers(tmp_path, json.dumps(NOTICE), "", other, labels=LABELS)

    assert [row["topics"] for row in rows] == [["绿色工厂/绿色制造"], ["其他"]]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1, "published": "昨天"}'])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(CommandError, match="第 2 行读不了"):
        answers(tmp_path, json.dumps(NOTICE), line)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="打不开"):
        call_command("read", "/nowhere/in.jsonl", stdout=io.StringIO())


def test_labels_for_a_topic_that_we_do_not_have_are_refused(tmp_path: Path) -> None:
    labels = tmp_path / "labels.json"
    labels.write_text('{"topics": {"绿色厂": "x"}}', encoding="utf-8")

    with pytest.raises(CommandError, match="相近的有"):
        answers(tmp_path, json.dumps(NOTICE), labels=labels)
