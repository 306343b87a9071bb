"""The addresses of the service, and the yardstick."""

from django.urls import include, path

from tests.bench.bare import bare

urlpatterns = [path("bare/", bare), path("", include("portal.urls"))]
