"""Addresses about one's own sign-in and number that allauth does not have."""

from django.urls import path

from accounts import views
from accounts.card import views as card
from accounts.identity import views as identity

app_name = "accounts"
urlpatterns = [
    path("card/", card.start, name="card"),
    path("card/back/", card.back, name="card_back"),
    path("card/connect/", card.connect, name="card_connect"),
    path("card/connect/go/", card.connect_go, name="card_connect_go"),
    path("card/forget/", card.forget, name="card_forget"),
    path("identity/", identity.overview, name="identity"),
    path("identity/you/", identity.you, name="you"),
    path("identity/counter/", identity.counter, name="counter"),
    path("identity/code/", identity.code, name="code"),
    path("number/", views.number, name="number"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/stay/", views.stay, name="stay"),
    path("sessions/end/", views.end_others, name="end_others"),
    path("sessions/<slug:session_id>/end/", views.end, name="end"),
]
