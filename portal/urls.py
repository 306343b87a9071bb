"""Every address of the service."""

from django.conf import settings
from django.urls import include, path

from accounts.views import join
from certificates.views import published
from portal import api, health, installing, metrics, security_contact, switches, views
from portal.help import views as help_pages
from portal.incidents import views as incidents
from portal.not_me import views as not_me_pages
from portal.outbox import hooks
from portal.outbox import views as outbox_pages
from portal.privacy import views as privacy
from portal.summary import summary

portal_patterns = [
    path("", views.home, name="home"),
    path("staff/", views.staff, name="staff"),
    path("staff/notices/", outbox_pages.outbox, name="outbox"),
    path("staff/notices/kinds/", outbox_pages.kinds, name="notice_kinds"),
    path("hooks/messages/<slug:channel>/", hooks.reported, name="message_report"),
    path("people/", views.people, name="people"),
    path("people/<slug:resident_id>/", views.person, name="person"),
    path("people/<slug:resident_id>/summary/", summary, name="summary"),
    path("notices/", views.inbox, name="inbox"),
    path("notices/<slug:notice_id>/", views.open_notice, name="notice"),
    path("not-me/", not_me_pages.not_me, name="not_me"),
    path("not-me/sent/", not_me_pages.disavowed, name="disavowed"),
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/<slug:code>/", views.institution, name="institution"),
    path("incidents/", incidents.listing, name="incidents"),
    path("incidents/<slug:number>/", incidents.incident, name="incident"),
    path("figures/", views.figures, name="figures"),
    path("figures/figures.csv", views.figures_csv, name="figures_csv"),
    path("figures/figures.json", views.figures_json, name="figures_json"),
    path("trail/heads.json", views.trail_heads, name="trail_heads"),
    path("trail/", views.own_trail, name="own_trail"),
    path("trail/<slug:resident_id>/", views.trail, name="trail"),
    path("trail/<slug:resident_id>/trail.csv", views.trail_csv, name="trail_csv"),
    path("trail/<slug:resident_id>/trail.json", views.trail_json, name="trail_json"),
    path("help/", help_pages.contents, name="help"),
    path("help/<slug:topic_slug>/", help_pages.topic, name="help_topic"),
    path("help/<slug:topic_slug>/<slug:section_slug>/", help_pages.section, name="help_section"),
    path("data/", privacy.copy, name="copy"),
    path("data/ask/", privacy.ask, name="copy_ask"),
    path("data/fetch/", privacy.fetch, name="copy_fetch"),
    path("data/delete/", privacy.throw_away, name="copy_throw_away"),
    path("data/leave/", privacy.leave, name="leave"),
    path("data/left/", privacy.left, name="left"),
    path("data/kept/", privacy.keeping, name="keeping"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("worker.js", installing.worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
    path("display/", switches.display, name="display"),
    path(".well-known/security.txt", security_contact.security_txt, name="security_txt"),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("health/metrics", metrics.metrics, name="metrics"),
]
if settings.DEBUG:
    portal_patterns.append(path("gallery/", views.gallery, name="gallery"))

handler500 = "portal.failures.failed"
urlpatterns = [
    path("", include((portal_patterns, "portal"))),
    path("language/", switches.language, name="set_language"),
    path("records/", include("links.urls")),
    path("staff/review/", include("links.reviewing.urls")),
    path("staff/sign-ins/", include("accounts.identity.urls")),
    path("staff/authority/", include("accounts.acting.urls")),
    path("staff/protection/", include("accounts.protection.urls")),
    path("staff/letters/", include("accounts.posting.urls")),
    path("imports/", include("links.uploads.urls")),
    path("calls/", include("reports.calls.urls")),
    path("inquiries/", include("reports.inquiries.urls")),
    path("reports/", include("reports.urls")),
    path("staff/people/", include("portal.lookup.urls")),
    path("staff/counter/", include("portal.counter.urls")),
    path("staff/incidents/", include("reports.incidents.urls")),
    path("desk/", include("reports.desk.urls")),
    path("certificates/", include("certificates.urls")),
    path(".well-known/jwks.json", published.keys, name="jwks"),
    path("api/v1/", api.addresses()),
    path("account/", include("accounts.urls")),
    path("account/signup/", join, name="account_signup"),
    path("account/", include("allauth.urls")),
]
