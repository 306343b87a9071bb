"""The addresses of the service, and the gallery that only DEBUG shows."""

from django.urls import path

from portal import urls, views

urlpatterns = [path("gallery/", views.gallery), *urls.urlpatterns]
