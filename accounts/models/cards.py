"""Which card opens which sign-in."""

from django.db import models

from accounts.models.users import User


class Card(models.Model):
    """A sign-in opens by the card of its person: the provider's name for that person, made for us alone."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="card")
    issuer = models.CharField(max_length=200, help_text="the provider, by its address")
    subject = models.CharField(
        max_length=255, help_text="its name for the person, which says nothing elsewhere"
    )
    connected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_card_opens_one_sign_in"),
            models.CheckConstraint(
                condition=~models.Q(issuer="") & ~models.Q(subject=""), name="a_card_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"Card {self.pk}"
