"""The city whose counties a notice addresses: 各辖市区科技局: …报市科技局."""

import re

from notices.lexicon.issuers import in_full
from notices.lexicon.normal import HAN
from notices.reading.layout import Layout
from notices.reading.office_names import at_level
from notices.reading.site_places import city_site
from notices.reading.spoken_places import near_places
from notices.reading.values import BARELY_NAMED, IssuerFound

# The city's office that its counties report to: 各辖市区科技局: …报市科技局
COUNTIES = re.compile(r"各辖?[县区旗]|各辖市")
REPORT_TO_CITY = re.compile(  # 各辖市区科技局: …报市科技局
    rf"(?:报送?|交|送|寄)(?:至|到|给)?(?P<whole>市(?!场|[中南北]区)(?P<office>[{HAN}]{{2,12}}?(?:局|委员会|委(?!托|员))))"
)
OF_A_PROVINCE = re.compile(r"我(?:省|厅|自治区)")


def addresses_counties(layout: Layout) -> bool:
    """Whether counties are addressed, and nobody says 我省: 各县(市、区)科技局."""
    line = layout.salutation
    return bool(line and COUNTIES.match(line.text) and not OF_A_PROVINCE.search(layout.page.clean))


def asks_counties_of_city(layout: Layout, url: str | None) -> int | None:
    """The city whose site this is, when counties are addressed."""
    return city_site(url, layout) if addresses_counties(layout) else None


def asked_by_city(layout: Layout, hint: int | None, url: str | None) -> IssuerFound | None:
    """The city's office that counties are asked to report to, whatever province's programme it is."""
    asks = REPORT_TO_CITY.search(layout.page.clean) if addresses_counties(layout) else None
    steps = (at_level(near, "市") for near in near_places(layout, hint, url)) if asks else ()
    city = next((step for step in steps if step and step.kind == "city"), None)
    if asks is None or city is None:
        return None
    name = city.name + in_full(asks["office"])
    return IssuerFound(name, city.id, layout.page.evidence(*asks.span("whole")), BARELY_NAMED)
