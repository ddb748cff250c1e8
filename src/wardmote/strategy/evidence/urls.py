"""Addresses of the evidence pages."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("add/", views.add_files, name="add"),
    path("imports/<uuid:key>/", views.import_page, name="import"),
    path("releases/<str:digest>/", views.release_page, name="release"),
    path("releases/<str:digest>/unused.csv", views.unused_rows, name="unused"),
]
