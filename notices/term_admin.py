"""Topics and terms for staff: what the project ships, and what they lay over it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from simple_history.admin import SimpleHistoryAdmin

from config.clock import business_now
from notices.lexicon import topics
from notices.models import OwnTopic, Term
from notices.term_trial import DAYS, Trial, key_of, trial

SHOWN = 50


def topic_choices() -> list[tuple[int, str]]:
    """Every topic in force, with what stands above it."""
    graph = topics.in_force()
    return [(one.id, _placed(graph, one)) for one in graph.all()]


def _placed(graph: topics.TopicGraph, one: topics.Topic) -> str:
    above = "、".join(graph.topic(up).name for up in one.parents)
    return f"{one.name}（属{above}）" if above else one.name


class TermForm(forms.ModelForm):
    """A term, which is tried before it is saved: what it would have caught must have been seen."""

    topic = forms.TypedChoiceField(label="主题", choices=topic_choices, coerce=int)

    class Meta:
        model = Term
        fields = ("topic", "text", "strength", "beside", "enabled", "note")

    trial: Trial | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and self._needs_trial():
            self._try(cleaned)
        return cleaned

    def _needs_trial(self) -> bool:
        return bool({"topic", "text", "strength", "beside", "enabled"} & set(self.changed_data))

    def _try(self, cleaned: dict[str, Any]) -> None:
        """Nothing is saved until the trial of these very words was on the screen, and very many confirmed."""
        term = Term(**{name: cleaned[name] for name in ("topic", "text", "strength", "beside", "enabled")})
        term.clean()
        seen = self.data.get("seen") == key_of(term)
        if seen and self.data.get("sure"):
            return
        found = trial(term, business_now())
        if not seen:
            self.trial = found
            raise ValidationError("尚未保存：请看一看试词结果，再点一次保存。", code="trial")
        if found.very_many:
            self.trial = found
            raise ValidationError("尚未保存：这个词涉及的通知很多，请在试词结果中勾选确认。", code="trial")


@admin.register(Term)
class TermAdmin(SimpleHistoryAdmin):
    """Staff's terms. A row for a word that the project ships puts that one right, or out of use."""

    form = TermForm
    list_display = ("text", "topic_name", "strength", "beside", "enabled", "note")
    list_filter = ("strength", "enabled")
    search_fields = ("text", "beside", "note")
    fields = TermForm.Meta.fields
    change_form_template = "admin/notices/term/change_form.html"
    change_list_template = "admin/notices/term/change_list.html"

    class Media:
        css = {"all": ["notices/term.css"]}

    @admin.display(description="主题", ordering="topic")
    def topic_name(self, term: Term) -> str:
        known = topics.in_force().topics.get(term.topic)
        return known.name if known else f"（已没有的主题 {term.topic}）"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Beside the usual pages, one that shows all topics and terms as they are in force."""
        every = self.admin_site.admin_view(self.every_topic)
        return [path("every/", every, name="notices_term_every"), *super().get_urls()]

    def every_topic(self, request: HttpRequest) -> HttpResponse:
        """The whole list to read: the shipped words with staff's over them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        graph = topics.in_force()
        rows = [(one.id, _placed(graph, one), _words(one)) for one in graph.all()]
        told = {"title": "主题与词表", "opts": self.opts, "rows": rows, "version": graph.version}
        return TemplateResponse(
            request, "admin/notices/term/every.html", self.admin_site.each_context(request) | told
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        found: Trial | None = getattr(context["adminform"].form, "trial", None)
        told = {
            "trial": found,
            "trial_days": DAYS,
            "trial_counts": _counts(found),
            "trial_shown": SHOWN,
            "trial_slice": f":{SHOWN}",
        }
        return super().render_change_form(request, context | told, *args, **kwargs)


LISTS = (("强词", "strong"), ("题词", "title"), ("弱词", "weak"), ("排除词", "exclude"))


def _words(one: topics.Topic) -> list[tuple[str, str]]:
    """A topic's words by what they do."""
    lists = [(label, "、".join(getattr(one, field))) for label, field in LISTS]
    pairs = "、".join("＋".join(pair) for pair in one.required)
    return [(label, words) for label, words in (*lists, ("同现词", pairs)) if words]


def _counts(found: Trial | None) -> list[tuple[str, int]]:
    if found is None:
        return []
    kinds = (("新归入这个主题", "new"), ("原已在这个主题", "already"), ("不再归入这个主题", "lost"))
    return [(label, found.count(how)) for label, how in kinds]


class OwnTopicForm(forms.ModelForm):
    """A topic of staff's own, under any other."""

    parent = forms.TypedChoiceField(
        label="上位主题", coerce=int, empty_value=None, required=False,
        choices=lambda: [("", "无"), *topic_choices()], help_text="收到上位主题的订户也会收到这个主题",
    )  # fmt: skip

    class Meta:
        model = OwnTopic
        fields = ("name", "parent", "note")


@admin.register(OwnTopic)
class OwnTopicAdmin(SimpleHistoryAdmin):
    """Topics beyond the shipped ones. They stay: filters and readings know them by their id."""

    form = OwnTopicForm
    list_display = ("name", "parent_name", "words", "note")
    search_fields = ("name", "note")
    fields = OwnTopicForm.Meta.fields

    @admin.display(description="上位主题")
    def parent_name(self, own: OwnTopic) -> str:
        known = topics.in_force().topics.get(own.parent or 0)
        return known.name if known else "无"

    @admin.display(description="词")
    def words(self, own: OwnTopic) -> str:
        known = topics.in_force().topics.get(own.topic)
        every = (*known.strong, *known.title, *known.weak) if known else ()
        return "、".join(every) or "还没有词：请在“主题词”中添加"

    def has_delete_permission(self, request: HttpRequest, obj: OwnTopic | None = None) -> bool:  # noqa: ARG002
        return False
