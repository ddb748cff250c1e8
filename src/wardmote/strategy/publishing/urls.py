"""Addresses of published versions; all but the publishing itself are open to anyone."""

from django.urls import path

from .presenters import FORMS
from .views import figures, issuing, notices, tables, versions, wards

app_name = "publishing"
urlpatterns = [
    path("", versions.index, name="list"),
    path("issue/<uuid:key>/", issuing.publish_page, name="publish"),
    path("issuing/<uuid:key>/<uuid:job>/", issuing.progress_page, name="progress"),
    path("change/<uuid:key>/", notices.choose_page, name="choose"),
    path("change/<uuid:key>/correct/", notices.correct_page, name="correct"),
    path("change/<uuid:key>/replace/", notices.replace_page, name="replace"),
    path("change/<uuid:key>/withdraw/", notices.withdraw_page, name="withdraw"),
    path("feed.xml", versions.feed, name="feed"),
    path("<slug:partnership>/feed.xml", versions.feed, name="feed-of"),
    path("wards/", wards.find_page, name="wards"),
    path("<slug:partnership>/wards/<str:code>/", wards.latest_ward, name="latest-ward"),
    path("<slug:partnership>/<int:number>/wards/<str:code>/", wards.ward_page, name="ward"),
    path("<slug:partnership>/<int:number>/wards/<str:code>/sheet.pdf", wards.ward_sheet, name="ward-sheet"),
    path("<slug:partnership>/<int:number>/tables/", tables.tables_page, name="tables"),
    path("<slug:partnership>/<int:number>/tables/<int:table>.csv", tables.table_csv, name="table-csv"),
    path(
        "<slug:partnership>/<int:number>/tables/<int:table>.csv-metadata.json",
        tables.table_metadata,
        name="table-metadata",
    ),
    path("<slug:partnership>/latest/figures/<str:figure>/", figures.latest_figure, name="latest-figure"),
    path("<slug:partnership>/latest/", versions.latest_page, name="latest"),
    path("<slug:partnership>/<int:number>/", versions.version_page, name="version"),
    *(
        path(
            f"<slug:partnership>/<int:number>/assessment.{extension}",
            versions.printed_file,
            {"extension": extension},
            name=f"file-{extension}",
        )
        for extension in FORMS
    ),
    path("<slug:partnership>/<int:number>/figures/<str:figure>/", figures.figure_page, name="figure"),
    path("<slug:partnership>/<int:number>/figures/<str:figure>/rows.csv", figures.figure_rows, name="figure-rows"),
]
