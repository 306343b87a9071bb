"""How forms are drawn, and the forms that belong to the whole service."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Forms are drawn by this project's templates: label, hint, error and input in one piece."""

    field_template_name = "django/forms/field.html"
    form_template_name = "django/forms/div.html"
