"""The staff admin: Django's own, under our name."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class StaffAdmin(admin.AdminSite):
    """Stock admin; titles are ours."""

    site_header = "快讯 · 工作台"
    site_title = "快讯"
    index_title = "来源、通知、订户与投递"


class StaffAdminConfig(AdminConfig):
    """Makes StaffAdmin the default site, so that every app registers on it."""

    default_site = "config.staff.StaffAdmin"
