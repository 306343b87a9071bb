"""Lets the template that says what may be missing ask for it, so that it is asked only when that is drawn."""

from django import template

from portal.absent import what_is_absent

register = template.Library()
register.simple_tag(what_is_absent)
