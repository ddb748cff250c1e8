"""Addresses of the evidence pages."""

from django.urls import path

from . import views
from .views import changes, extracts, last_year, pairs, register, reviews

app_name = "evidence"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("add/", views.add_files, name="add"),
    path("last-year/", last_year.last_year_page, name="last-year"),
    path("last-year/paste/", last_year.paste_page, name="paste-last-year"),
    path("last-year/progress/", last_year.progress_page, name="last-year-progress"),
    path("due/", register.due_list, name="due"),
    path("due/new/", register.supply_page, name="add-supply"),
    path("due/<uuid:key>/", register.supply_page, name="supply"),
    path("due/<uuid:key>/grade/", register.grade_page, name="grade"),
    path("due/<uuid:key>/unavailable/", register.unavailable_page, name="unavailable"),
    path("due/<uuid:key>/chase/", register.chase_page, name="chase"),
    path("gaps/", register.gap_list, name="gaps"),
    path("gaps/new/", register.gap_page, name="add-gap"),
    path("gaps/<uuid:key>/", register.gap_page, name="gap"),
    path("gaps/<uuid:key>/close/", register.close_gap_page, name="close-gap"),
    path("recording/", changes.change_list, name="recording"),
    path("recording/new/", changes.change_page, name="add-change"),
    path("recording/<uuid:key>/", changes.change_page, name="change"),
    path("recording/<uuid:key>/remove/", changes.remove_change_page, name="remove-change"),
    path("extracts/", extracts.extract_list, name="extracts"),
    path("extracts/new/", extracts.new_extract_page, name="new-extract"),
    path("extracts/<uuid:key>/download/", extracts.download_extract, name="download-extract"),
    path("extracts/<uuid:key>/check/", extracts.check_extract, name="check-extract"),
    path("two-sources/", pairs.pair_list, name="pairs"),
    path("two-sources/new/", pairs.new_pair_page, name="new-pair"),
    path("two-sources/describe/", pairs.describe_pair_page, name="describe-pair"),
    path("two-sources/<uuid:key>/", pairs.pair_page, name="pair"),
    path("two-sources/<uuid:key>/change/", pairs.describe_pair_page, name="change-pair"),
    path("two-sources/<uuid:key>/part/", pairs.part_pair_page, name="part-pair"),
    path("sheets/<uuid:key>/", views.sheet_page, name="sheet"),
    path("sheets/<uuid:key>/remove/", views.remove_sheet_page, name="remove-sheet"),
    path("places/", views.places_page, name="places"),
    path("places/new/", views.place_page, name="add-place"),
    path("places/<uuid:key>/", views.place_page, name="place"),
    path("places/<uuid:key>/remove/", views.remove_place_page, name="remove-place"),
    path("imports/<uuid:key>/", views.import_page, name="import"),
    path("imports/<uuid:key>/accept/", views.accept_plain_page, name="accept-plain"),
    path("releases/<str:digest>/", views.release_page, name="release"),
    path("releases/<str:digest>/check/", views.check_page, name="check"),
    path("releases/<str:digest>/decide/<slug:verdict>/", views.verdict_page, name="verdict"),
    path("releases/<str:digest>/picture/", reviews.picture_page, name="picture"),
    path("releases/<str:digest>/picture/<slug:check>/", reviews.review_page, name="review"),
    path("releases/<str:digest>/unused.csv", views.unused_rows, name="unused"),
]
