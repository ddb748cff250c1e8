"""Addresses of the assessment pages."""

from django.urls import path

from . import views

app_name = "assessment"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:key>/", views.overview, name="overview"),
    path("<uuid:key>/analyse/", views.analyse_again, name="analyse"),
    path("<uuid:key>/move/", views.move, name="move"),
    path("<uuid:key>/scoring/", views.scoring, name="scoring"),
    path("<uuid:key>/scoring/<slug:slug>/", views.score_problem, name="score"),
    path("<uuid:key>/ranking/", views.ranking, name="ranking"),
    path("<uuid:key>/problems/<slug:slug>/", views.problem_page, name="problem"),
    path("<uuid:key>/problems/<slug:slug>/note/", views.note, name="note"),
    path("<uuid:key>/problems/<slug:slug>/decision/", views.decision, name="decision"),
    path("<uuid:key>/draft/", views.draft, name="draft"),
    path("<uuid:key>/figures/<str:figure>/", views.figure_page, name="figure"),
    path("<uuid:key>/figures/<str:figure>/rows.csv", views.figure_rows, name="figure-rows"),
]
