"""Template tags of the public site."""

from django import template

register = template.Library()
