"""The step 试取 of the sources' admin: an address is tried before anything is saved."""

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from config.clock import SHANGHAI, business_now
from notices.intake.probe_results import ProbeResult
from notices.intake.probe_words import SHOWN, findings, item_words
from notices.intake.probing import probe
from notices.intake.troubles import Why
from notices.lexicon.regions import full_name
from notices.models import Family, Source
from notices.source_form import SourceForm

TRY = "_probe"
TRIED_WITH = ("url", "family", "recipe")  # what decides whether the list can be read
OF_THE_RECIPE = frozenset({Why.BAD_RECIPE, Why.CONTAINER_GONE})
OF_THE_ADDRESS = frozenset({
    Why.BAD_URL, Why.BAD_PORT, Why.REFUSED_ADDRESS, Why.GONE, Why.WRONG_TYPE, Why.HTML_INSTEAD,
    Why.BROKEN_FEED, Why.LOGIN,
})  # fmt: skip


class ProbeStep(admin.ModelAdmin):
    """Mixed into the admin of sources: its forms have a button 试取 that shows what an address gives."""

    change_form_template = "admin/notices/source/change_form.html"

    class Media:
        css = {"all": ["notices/source.css"]}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As ever; or, when 试取 was pressed, the form again with what was found filled in.

        What is to be saved is tried first: Django saves in a transaction, which must not wait for a site.
        """
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if not (self.has_change_permission(request) if object_id else self.has_add_permission(request)):
            raise PermissionDenied
        if TRY not in request.POST:
            request.tried = trial(request.POST, object_id)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)
        shown = _shown(request.POST, object_id)
        request.typed = _filled_in(request.POST, shown["found"])  # type: ignore[attr-defined]
        request.method = "GET"  # shown as if the form had just been opened: nothing is checked or saved
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), "probe": shown}
        )

    def save_model(self, request: HttpRequest, obj: Source, form: forms.ModelForm, change: bool) -> None:
        """Saves, and says so where the list could not be tried: that proves nothing against it."""
        super().save_model(request, obj, form, change)
        found: ProbeResult | None = getattr(request, "tried", None)
        if found and found.trouble:
            self.message_user(request, f"已保存，但现在试取不到：{found.trouble}", messages.WARNING)

    def get_form(
        self, request: HttpRequest, obj: Source | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, knowing what was found against what is to be saved, and what was typed before 试取."""
        form = super().get_form(request, obj, change, **kwargs)
        found = getattr(request, "tried", None)
        told = {"refused": refusals(found) if found else {}, "typed": getattr(request, "typed", {})}
        return type(form.__name__, (form,), told)

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> list[Any]:
        """What is added has no past to show, and begins with its address."""
        if obj is not None:
            return list(super().get_fieldsets(request, obj))
        return [(None, {"fields": ("url", *(name for name in SourceForm.Meta.fields if name != "url"))})]


def trial(told: QueryDict, object_id: str | None) -> ProbeResult | None:
    """What a form's address gives, read as the form says; None where nothing about that is new."""
    recipe = _recipe(told.get("recipe", ""))
    if isinstance(recipe, forms.fields.InvalidJSONInput) or _is_kept(told, recipe, object_id):
        return None
    return _probed(told, recipe, object_id)


def refusals(found: ProbeResult) -> dict[str, str]:
    """Field → why it may not be saved, with the beginning of the page that it should fit.

    What proves nothing about the list is no reason: a site that is down, a challenge, a robots.txt, a list
    that is empty today.
    """
    if found.why not in OF_THE_RECIPE | OF_THE_ADDRESS:
        return {}
    field = "recipe" if found.why in OF_THE_RECIPE else "url"
    return {field: f"{found.trouble}。页面开头是：{found.excerpt}" if found.excerpt else found.trouble}


def _is_kept(told: QueryDict, recipe: Any, object_id: str | None) -> bool:
    """Whether the source has this recipe for this address already."""
    before = Source.objects.filter(pk=object_id).values_list(*TRIED_WITH).first() if object_id else None
    return before == (told.get("url", "").strip(), told.get("family", ""), recipe)


def _probed(told: QueryDict, recipe: Any, known_as: str | None = None) -> ProbeResult:
    return probe(
        told.get("url", "").strip(),
        business_now(),
        family=told.get("family", ""),
        recipe=recipe,
        despite_robots=bool(told.get("robots_override", "").strip()),
        known_as=int(known_as) if known_as else None,
    )


def _shown(told: QueryDict, object_id: str | None) -> dict[str, Any]:
    """What the page shows of a probe; a source that exists is no duplicate of itself."""
    recipe = _recipe(told.get("recipe", ""))
    if isinstance(recipe, forms.fields.InvalidJSONInput):
        today = business_now().astimezone(SHANGHAI).date()
        found = ProbeResult(told.get("url", ""), today, trouble="取法不是 JSON")
    else:
        found = _probed(told, recipe, object_id)
    names = {str(family.value): str(family.label) for family in Family}
    return {
        "found": found,
        "findings": list(findings(found, names)),
        "doubts": [*found.doubts, *_against(told, found)],
        "items": [item_words(item) for item in found.items[:SHOWN]],
        "excerpt": found.excerpt if found.trouble else "",
    }


def _against(told: QueryDict, found: ProbeResult) -> Iterator[str]:
    """Where what was found contradicts what stands in the form."""
    family, pin = told.get("family", ""), told.get("tls_pin", "").strip().lower()
    if found.told_family not in {"", family} and family:
        names = [str(Family(one).label) for one in (found.told_family, family)]
        yield f"按页面上的标志，站点类型像是“{names[0]}”，表中填的是“{names[1]}”"
    if pin and found.tls_pin and pin != found.tls_pin:
        yield "网站证书的指纹与表中登记的不同，请核对后再改"


def _recipe(text: str) -> Any:
    """The recipe as typed; its text, for the form to complain about, where it is no JSON."""
    try:
        return json.loads(text or "{}")
    except ValueError:
        return forms.fields.InvalidJSONInput(text)


def _filled_in(told: QueryDict, found: ProbeResult) -> dict[str, Any]:
    """What staff typed, and what was found where they typed nothing."""
    values = {name: told.get(name, "").strip() for name in SourceForm.Meta.fields}
    suggested = {
        "family": found.family,
        "region": full_name(found.region) if found.region else "",
        "name": found.title[:200],
        "slug": found.slug,
        "url": found.asked,
        "tls_profile": found.tls_profile,
        "tls_pin": found.tls_pin,
    }
    filled = {name: value or suggested.get(name, "") for name, value in values.items()}
    return {**filled, "recipe": _recipe(values["recipe"]), "enabled": bool(values["enabled"])}
