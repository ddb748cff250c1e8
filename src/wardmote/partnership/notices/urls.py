"""Addresses of notices and of the outbox."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("waiting/how-often/", views.how_often, name="how-often"),
    path("outbox/", views.outbox, name="outbox"),
]
