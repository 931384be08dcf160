"""The step 试取 of the sources' admin: an address is tried before anything is saved."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from config.clock import SHANGHAI, business_now
from notices.intake.probe_results import ProbeResult
from notices.intake.probe_words import SHOWN, findings, item_words
from notices.intake.probing import probe
from notices.intake.recipes import BadRecipe, recipe_of
from notices.lexicon.regions import full_name
from notices.models import Family, Source
from notices.source_form import SourceForm

TRY = "_probe"
TRIED_WITH = ("url", "family", "recipe")  # what decides whether a recipe fits


class ProbeStep(admin.ModelAdmin):
    """Mixed into the admin of sources: its add form has a button 试取 that shows what an address gives."""

    add_form_template = "admin/notices/source/add_form.html"

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As ever; or, when 试取 was pressed, the form again with what was found filled in."""
        if request.method != "POST" or TRY not in request.POST:
            return super().add_view(request, form_url, extra_context)
        if not self.has_add_permission(request):
            raise PermissionDenied
        shown = _shown(request.POST)
        # Shown as if the empty form had been opened with these values: nothing is checked or saved.
        request.GET = _filled_in(request.POST, shown["found"])  # type: ignore[assignment]
        request.method = "GET"
        return super().add_view(request, form_url, {**(extra_context or {}), "probe": shown})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A recipe is tried first: Django saves in a transaction, which must not wait for a site."""
        if request.method == "POST" and (
            self.has_add_permission(request) or self.has_change_permission(request)
        ):
            request.recipe_refused = refusal(request.POST, object_id)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Source | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The form, knowing what was found against the recipe."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"refused": getattr(request, "recipe_refused", "")})

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> list[Any]:
        """What is added has no past to show, and begins with its address."""
        if obj is not None:
            return list(super().get_fieldsets(request, obj))
        return [(None, {"fields": ("url", *(name for name in SourceForm.Meta.fields if name != "url"))})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The values of the address; a recipe there is JSON."""
        initial = dict(super().get_changeform_initial_data(request))
        if "recipe" in initial:
            initial["recipe"] = _recipe(str(initial["recipe"]))
        return initial


def refusal(told: QueryDict, object_id: str | None) -> str:
    """Why a recipe may not be kept, with the beginning of the page that it should fit; empty when it may.

    One that is well written is tried where it, the family or the address is new; a site that cannot be
    reached proves nothing against it.
    """
    recipe = _recipe(told.get("recipe", ""))
    if not recipe or isinstance(recipe, forms.fields.InvalidJSONInput) or _is_kept(told, recipe, object_id):
        return ""
    found = _probed(told, recipe)
    if found.trouble and (found.excerpt or _is_bad(told.get("family", ""), recipe)):
        return f"{found.trouble}。页面开头是：{found.excerpt}" if found.excerpt else found.trouble
    return ""


def _is_kept(told: QueryDict, recipe: Any, object_id: str | None) -> bool:
    """Whether the source has this recipe for this address already."""
    before = Source.objects.filter(pk=object_id).values_list(*TRIED_WITH).first() if object_id else None
    return before == (told.get("url", "").strip(), told.get("family", ""), recipe)


def _is_bad(family: str, recipe: Any) -> bool:
    try:
        recipe_of(family, recipe)
    except BadRecipe:
        return True
    return False


def _probed(told: QueryDict, recipe: Any) -> ProbeResult:
    return probe(
        told.get("url", "").strip(),
        business_now(),
        family=told.get("family", ""),
        recipe=recipe,
        despite_robots=bool(told.get("robots_override", "").strip()),
    )


def _shown(told: QueryDict) -> dict[str, Any]:
    """What the page shows of a probe."""
    recipe = _recipe(told.get("recipe", ""))
    if isinstance(recipe, forms.fields.InvalidJSONInput):
        today = business_now().astimezone(SHANGHAI).date()
        found = ProbeResult(told.get("url", ""), today, trouble="取法不是 JSON")
    else:
        found = _probed(told, recipe)
    names = {str(family.value): str(family.label) for family in Family}
    return {
        "found": found,
        "findings": list(findings(found, names)),
        "items": [item_words(item) for item in found.items[:SHOWN]],
        "excerpt": found.excerpt if found.trouble else "",
    }


def _recipe(text: str) -> Any:
    """The recipe as typed; its text, for the form to complain about, where it is no JSON."""
    try:
        return json.loads(text or "{}")
    except ValueError:
        return forms.fields.InvalidJSONInput(text)


def _filled_in(told: QueryDict, found: ProbeResult) -> QueryDict:
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
    filled = QueryDict(mutable=True)
    filled.update({name: value or suggested.get(name, "") for name, value in values.items()})
    return filled
