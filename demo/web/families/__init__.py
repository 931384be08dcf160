"""How each CMS family lays out its addresses and pages; one module each, the markup in `templates/`.

Written from the fact sheet of the families and from such sites, never from the product's adapters: the two
are built apart so that each proves the other.
"""

from demo.web.families.hanweb_jcms import HanwebJcms
from demo.web.families.jeecms import Jeecms
from demo.web.families.longxun import Longxun
from demo.web.families.pages import Family
from demo.web.families.trs import Trs
from demo.web.families.ucap import Ucap

FAMILIES: dict[str, Family] = {
    "trs": Trs(),
    "ucap": Ucap(),
    "longxun": Longxun(),
    "hanweb_jcms": HanwebJcms(),
    "jeecms": Jeecms(),
}
