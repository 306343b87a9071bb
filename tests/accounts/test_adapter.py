"""The one way to a sign-in of one's own is ours (test_joining.py): allauth's stays shut."""

from allauth.account.adapter import get_adapter
from django.urls import resolve, reverse

from accounts.views import join


def test_the_page_to_sign_up_is_ours() -> None:
    assert resolve(reverse("account_signup")).func == join


def test_allauth_s_own_way_is_shut(rf) -> None:
    assert not get_adapter().is_open_for_signup(rf.get("/"))
