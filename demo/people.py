"""The people of the demo, each with a reason to be there (issue 2, point 4)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from demo.places import place
from notices.lexicon import topics
from subscribers.contacts import add_confirmed
from subscribers.filters import FilterSpec, find_or_make
from subscribers.models import Cadence, Channel, List, Subscriber
from subscribers.subscribing import join, subscribe

HOW = "演示数据"


@dataclass(frozen=True)
class Wanted:
    """One subscription as a person would say it: places and topics by name."""

    cadence: Cadence
    places: tuple[str, ...]
    topics: tuple[str, ...] = ()
    terms: dict[str, Any] = field(default_factory=dict)
    narrowing: dict[str, Any] = field(default_factory=dict)

    def spec(self) -> FilterSpec:
        """The filter, with ids in place of names."""
        return FilterSpec(
            regions=tuple(map(place, self.places)),
            topics=tuple(topics.by_name(topic).id for topic in self.topics),
            **self.narrowing,
        )


@dataclass(frozen=True)
class Person:
    """A subscriber with contacts and subscriptions; an openid only where they use WeChat."""

    name: str
    organisation: str
    wants: tuple[Wanted, ...]
    email: str = ""
    openid: str = ""


BY_WECHAT_ALONE = {"by_email": False, "by_wechat": True}
BY_BOTH = {"by_wechat": True}

PEOPLE = (
    Person(
        "陈越", "浙江省某制造业协会", (Wanted(Cadence.DAILY, ("浙江省",)),), email="chen@zhejiang.example"
    ),
    Person(
        "黄姚",
        "余姚某机械厂",
        (Wanted(Cadence.WEEKLY, ("余姚市",), narrowing={"above": False}),),
        email="huang@yuyao.example",
    ),
    Person(
        "赵京",
        "北京某装备公司",
        (Wanted(Cadence.AT_ONCE, ("北京市",), ("智能制造",), BY_BOTH),),
        email="zhao@beijing.example",
        openid="oKx0000000000000000000zhao01",
    ),
    Person(
        "钱固",
        "某危废处置集团",
        (Wanted(Cadence.WEEKLY, ("全国",), ("危险废物",)),),
        email="qian@hazard.example",
    ),
    Person(
        "孙淮",
        "淮北某建材厂",
        (Wanted(Cadence.AT_ONCE, ("淮北市",), ("绿色工厂",), BY_WECHAT_ALONE),),
        openid="oKx00000000000000000000sun02",
    ),
    # The extension's own text says 延长, so it never meets this filter; that its date moved is told all
    # the same, as a follow-up to what was told before (DESIGN 6.7).
    Person(
        "李皖",
        "安徽某环保顾问",
        (Wanted(Cadence.DAILY, ("安徽省",), ("绿色工厂",), narrowing={"none_words": ("延长",)}),),
        email="li@anhui.example",
    ),
    Person(
        "周津",
        "天津某软件公司",
        (
            Wanted(Cadence.AT_ONCE, ("天津市",), ("智能制造",)),
            Wanted(Cadence.WEEKLY, ("京津冀",)),
        ),
        email="zhou@tianjin.example",
    ),
)

LIST_NAME = "京津冀客户"
LIST_WANTS = Wanted(Cadence.WEEKLY, ("京津冀",))
LIST_MEMBERS = tuple(
    Person(name, "某咨询公司客户", (), email=f"client{number}@consult.example")
    for number, name in enumerate(("吴一", "郑二", "王三", "冯四", "蒋五"), start=1)
)


def settle_in(now: datetime) -> None:
    """Registers everybody who is not registered yet; nothing older than `now` is theirs."""
    for person in PEOPLE:
        if not Subscriber.objects.filter(name=person.name, organisation=person.organisation).exists():
            subscriber = _register(person, now)
            for wanted in person.wants:
                subscribe(subscriber, wanted.spec(), now, cadence=wanted.cadence, **wanted.terms)
    _settle_list(now)


def _settle_list(now: datetime) -> None:
    clients, made = List.objects.get_or_create(
        name=LIST_NAME, defaults={"filter": find_or_make(LIST_WANTS.spec(), now)}
    )
    for person in LIST_MEMBERS if made else ():
        join(clients, _register(person, now), now, cadence=LIST_WANTS.cadence)


def _register(person: Person, now: datetime) -> Subscriber:
    subscriber = Subscriber.objects.create(name=person.name, organisation=person.organisation, created_at=now)
    addresses = {Channel.EMAIL: person.email, Channel.WECHAT: person.openid}
    for channel, address in addresses.items():
        if address:
            add_confirmed(subscriber, channel, address, now, HOW)
    return subscriber


def followers() -> dict[str, str]:
    """Name by openid of those who follow the account, as the WeChat simulator must know them."""
    return {person.openid: person.name for person in PEOPLE if person.openid}
