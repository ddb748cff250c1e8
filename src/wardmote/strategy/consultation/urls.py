"""Addresses of the consultation pages."""

from django.urls import path

from . import views

app_name = "consultation"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.edit_page, name="new"),
    path("surveys/new/", views.series_page, name="add-series"),
    path("surveys/<uuid:key>/", views.series_page, name="series"),
    path("questions/<uuid:key>/", views.items_page, name="items"),
    path("questions/<uuid:key>/remove/", views.remove_question_page, name="remove-question"),
    path("<uuid:key>/", views.consultation_page, name="consultation"),
    path("<uuid:key>/edit/", views.edit_page, name="edit"),
    path("<uuid:key>/questions/new/", views.question_page, name="add-question"),
    path("<uuid:key>/profile/", views.profile_page, name="profile"),
]
