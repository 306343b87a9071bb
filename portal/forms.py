"""How forms are drawn, and the forms that belong to the whole service."""

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop as _

# allauth's words of the sign-in, which it has not in every language
SIGNING_IN = (
    _("Code"),
    _("Forgot your password?"),
    _("Incorrect code."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
)
# Django's own words, put into ours: our catalogue is asked first. They say what to do, not what failed.
REPHRASED = (
    _("This field is required."),
    _("Enter a valid email address."),
    _("Enter a valid date."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("The submitted file is empty."),
    *SIGNING_IN,
)


class PortalRenderer(TemplatesSetting):
    """Forms are drawn by this project's templates: label, hint, error and input in one piece."""

    field_template_name = "django/forms/field.html"
    form_template_name = "django/forms/div.html"
