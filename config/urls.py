"""The whole map of addresses. Who may open what stands at each view (pages.access)."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import IntConverter

from pages import errors, health, leaving, own, sources, views, wechat


class LeaveToken:
    """128 random bits in base64url: 22 characters."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RowNumber(IntConverter):
    """A row's number that a column can hold: SQLite breaks when it is asked for a greater one."""

    regex = "[0-9]{1,18}"


register_converter(LeaveToken, "leave_token")
register_converter(RowNumber, "row")

urlpatterns: list[URLPattern | URLResolver] = [
    # public
    path("", views.home, name="home"),
    path("n/<row:notice_id>/", views.notice, name="notice"),
    path("sources/", sources.sources, name="sources"),
    path("healthz", health.healthz, name="healthz"),
    path("wechat/", wechat.callback, name="wechat"),
    # by token
    path("u/<leave_token:token>/", leaving.leaving, name="leave"),
    path("u/<leave_token:token>/less/", leaving.less, name="less"),
    path("u/<leave_token:token>/confirm/", own.confirm, name="confirm"),
    path("u/<leave_token:token>/n/<row:notice_id>/", own.notice, name="own_notice"),
    path("u/<leave_token:token>/d/<row:delivery_id>/", own.letter, name="own_letter"),
    # staff
    path("staff/", admin.site.urls),
]

handler404 = errors.not_found
handler500 = errors.broken
