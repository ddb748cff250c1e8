"""Addresses of the pages about the site itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("accessibility/", views.about_page, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", views.about_page, {"page": "privacy"}, name="privacy"),
    path("methods/", views.about_page, {"page": "methods"}, name="methods"),
    path("methods/<slug:slug>/", views.method_page, name="method"),
]
