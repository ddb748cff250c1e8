"""Addresses of published versions; all but the publishing itself are open to anyone."""

from django.urls import path

from . import views

app_name = "publishing"
urlpatterns = [
    path("", views.index, name="list"),
    path("issue/<uuid:key>/", views.publish_page, name="publish"),
    path("issuing/<uuid:key>/<uuid:job>/", views.progress_page, name="progress"),
    path("<slug:partnership>/<int:number>/", views.version_page, name="version"),
    path("<slug:partnership>/<int:number>/assessment.pdf", views.pdf_file, name="pdf"),
    path("<slug:partnership>/<int:number>/assessment.json", views.data_file, name="data"),
    path("<slug:partnership>/<int:number>/figures/<str:figure>/", views.figure_page, name="figure"),
    path("<slug:partnership>/<int:number>/figures/<str:figure>/rows.csv", views.figure_rows, name="figure-rows"),
]
