"""Nobody makes a sign-in alone."""

from django.urls import reverse

from accounts.models import User


def test_the_page_to_sign_up_says_that_it_is_closed(client, db) -> None:
    page = client.get(reverse("account_signup"))

    assert page.status_code == 200
    assert b"<form" not in page.content.split(b"<main", 1)[1].split(b"</main", 1)[0]


def test_a_form_sent_all_the_same_makes_no_sign_in(client, db) -> None:
    client.post(
        reverse("account_signup"), {"email": "new@example.jp", "password1": "a long sentence as password"}
    )

    assert not User.objects.exists()
