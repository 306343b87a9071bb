"""Public figures, computed daily; pages read these rows."""

from django.db import models


class Figure(models.Model):
    """One public figure of one day, already rounded: the exact one is kept nowhere."""

    day = models.DateField()
    code = models.CharField(max_length=40)
    value = models.BigIntegerField(null=True, help_text="empty where it is too small to publish")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "code"], name="one_figure_a_day")]

    def __str__(self) -> str:
        return f"Figure {self.code} of {self.day}"
