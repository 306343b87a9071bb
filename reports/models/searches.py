"""Searches of the queue that staff keep for themselves."""

from django.conf import settings
from django.db import models

from accounts.identifiers import public_id


class Search(models.Model):
    """One choice of cases under a name; it holds the address's query and nothing about a person."""

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="one_search_a_name")]

    def __str__(self) -> str:
        return f"Search {self.public_id}"
