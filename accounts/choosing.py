"""What a question with several answers says where none of them was chosen."""

from django.utils.translation import gettext_lazy as _

CHOOSE = {
    "required": _("Please choose one answer."),
    "invalid_choice": _("Please choose one of these answers."),
}
