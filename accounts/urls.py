"""Addresses about one's own sign-in and number that allauth does not have."""

from django.urls import path

from accounts import views
from accounts.acting import mandates
from accounts.acting import views as acting
from accounts.card import views as card
from accounts.identity import views as identity
from accounts.reaching import views as reaching

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
    path("helpers/", acting.overview, name="helpers"),
    path("helpers/name/", acting.name, name="name_helper"),
    path("helpers/code/", acting.code, name="helper_code"),
    path("helpers/child/", mandates.child, name="child"),
    path("helpers/ask/<slug:kind>/", mandates.mandate, name="mandate"),
    path("helpers/offer/<slug:offer_id>/", acting.offer, name="offer"),
    path("helpers/offer/<slug:offer_id>/take-back/", acting.take_back, name="take_back"),
    path("helpers/<slug:authority_id>/", acting.scope, name="helper"),
    path("helpers/<slug:authority_id>/end/", acting.end_it, name="end_authority"),
    path("identity/letter/", identity.own_letter, name="own_letter"),
    path("notices/", reaching.preferences, name="reaching"),
    path("notices/browser/", reaching.add_browser, name="browser_add"),
    path("notices/browser/<slug:browser_id>/remove/", reaching.remove_browser, name="browser_remove"),
    path("telephone/", reaching.telephone, name="telephone"),
    path("telephone/code/", reaching.telephone_code, name="telephone_code"),
    path("telephone/forget/", reaching.forget_telephone, name="telephone_forget"),
    path("lock/", views.lock, name="lock"),
    path("number/", views.number, name="number"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/stay/", views.stay, name="stay"),
    path("sessions/end/", views.end_others, name="end_others"),
    path("sessions/<slug:session_id>/end/", views.end, name="end"),
]
