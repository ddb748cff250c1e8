"""Addresses of evidence."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [path("", views.catalogue, name="catalogue")]
