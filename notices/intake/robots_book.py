"""What the sites of a poll say in their robots.txt, each asked once a day. Rows of `RobotsFile`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from config.clock import machine_now
from notices.intake import robots
from notices.intake.answers import Answer, Failed, Fetched
from notices.intake.fetching import Crawler, Request
from notices.intake.hosts import host_of, registered_host
from notices.intake.robots import Disallowed, Rules
from notices.intake.troubles import Why
from notices.models import RobotsFile

KEPT = 24 * 3600.0  # seconds (RFC 9309 section 2.4)

rules_of = lru_cache(maxsize=1024)(robots.rules_of)


class RobotsBook:
    """The rules of the sites of a poll. `agent` is our User-Agent."""

    def __init__(self, agent: str) -> None:
        self.agent = agent
        self.rules: dict[str, Rules] = {}
        self.delays: dict[str, float] = {}
        self.fresh: set[str] = set()

    def look_up(self, urls: Iterable[str]) -> None:
        """Take what is known of these addresses' sites from the rows, in one statement."""
        sites = {site_of(url) for url in urls} - self.rules.keys()
        now = machine_now()
        known = RobotsFile.objects.filter(site__in=sites).values_list("site", "text", "fetched_at")
        for site, text, fetched_at in known if sites else ():
            self._learn(site, rules_of(text, self.agent))
            if 0 <= now - fetched_at < KEPT:
                self.fresh.add(site)

    def gap(self, host: str) -> float:
        """The longest Crawl-delay that a site of this registered host asks for; 0 for none."""
        return self.delays.get(host, 0.0)

    def ask(self, crawler: Crawler, requests: Sequence[Request], still_here: Callable[[], None]) -> None:
        """Ask the sites of these requests that were not asked for a day, and keep what they say.

        One that cannot be read now is judged by what it said before, if it said anything. `still_here` is
        called while that takes its time.
        """
        asked = {site_of(one.url): one for one in requests if site_of(one.url) not in self.fresh}
        questions = [
            Request(f"{site}/robots.txt", tls=one.tls, pin=one.pin, heeds_robots=False)
            for site, one in asked.items()
        ]
        sites = list(asked)
        for chunk in crawler.stream(questions):
            still_here()
            self._keep({sites[number]: answer for number, answer in chunk})
        if self.delays:
            crawler.slow_down(self.delays)

    def objection(self, url: str) -> Failed | None:
        """Why we may not fetch this address; None when we may."""
        rules = self.rules.get(site_of(url), Rules())
        said = rules.verdict(url)
        if not isinstance(said, Disallowed):
            return None
        unread = rules.unread
        if unread is None:
            return Failed(Why.ROBOTS, said.rule)
        # A page that says 500 may be that of robots.txt alone; a site that is gone is gone for the list too.
        return replace(unread, detail=f"{unread.detail} robots.txt") if unread.page else unread

    def _learn(self, site: str, rules: Rules) -> None:
        self.rules[site] = rules
        if rules.crawl_delay:
            host = registered_host(host_of(site))
            self.delays[host] = max(self.gap(host), rules.crawl_delay)

    def _keep(self, answers: Mapping[str, Answer]) -> None:
        rows = []
        for site, answer in answers.items():
            rules = robots.rules_of_answer(answer, self.agent)
            if rules.unread is None:
                self.fresh.add(site)
                rows.append(RobotsFile(site=site, text=_text(answer), fetched_at=machine_now()))
            if rules.unread is None or site not in self.rules:
                self._learn(site, rules)
        RobotsFile.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["site"], update_fields=["text", "fetched_at"]
        )


@lru_cache(maxsize=4096)
def site_of(url: str) -> str:
    """Scheme, host and port, which share one robots.txt."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _text(answer: Answer) -> str:
    """What is worth keeping of an answer: the rules, or nothing where all is allowed."""
    if not isinstance(answer, Fetched) or robots.is_page(answer.body):
        return ""
    return answer.body[: robots.READ].decode("utf-8-sig", "replace").replace("\0", "")
