"""The addresses of a process that serves the desk alone."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("desk/", admin.site.urls)]
