"""The application for a server. It assumes production, so a forgotten setting is refused, not guessed."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("BULLETINS_MODE", "production")

application = get_wsgi_application()
