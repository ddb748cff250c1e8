"""Addresses of the assessment pages."""

from django.urls import path

from . import views
from .views import cycles, exploring, outline, scoring, session

app_name = "assessment"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("explore/", exploring.explore_page, name="explore"),
    path("explore/figures.csv", exploring.explore_csv, name="explore-csv"),
    path("register/", cycles.register_page, name="register"),
    path("register/new/", cycles.earlier_page, name="add-earlier"),
    path("register/cycle/", cycles.cycle_page, name="cycle"),
    path("register/<uuid:key>/", cycles.earlier_page, name="earlier"),
    path("register/<uuid:key>/remove/", cycles.remove_earlier_page, name="remove-earlier"),
    path("changes/<str:digest>/", views.changes, name="changes"),
    path("<uuid:key>/", views.overview, name="overview"),
    path("<uuid:key>/analyse/", views.analyse_again, name="analyse"),
    path("<uuid:key>/move/", views.move, name="move"),
    path("<uuid:key>/scoring/", scoring.scoring, name="scoring"),
    path("<uuid:key>/scoring/<slug:slug>/", scoring.score_problem, name="score"),
    path("<uuid:key>/sheets.pdf", scoring.sheets_pdf, name="sheets"),
    path("<uuid:key>/summaries.pdf", scoring.summaries_pdf, name="summaries"),
    path("<uuid:key>/sheets/<uuid:agency>/", scoring.sheet, name="sheet"),
    path("<uuid:key>/sheets/<uuid:agency>/<slug:slug>/", scoring.enter, name="enter"),
    path("<uuid:key>/taking-part/", session.taking_part, name="taking-part"),
    path("<uuid:key>/open-discussion/", session.open_discussion, name="open-discussion"),
    path("<uuid:key>/room/", session.room, name="room"),
    path("<uuid:key>/room/<slug:slug>/", session.room_problem, name="room-problem"),
    path("<uuid:key>/room/<slug:slug>/agree/", session.agree_problem, name="agree"),
    path("<uuid:key>/record/", session.record_page, name="record"),
    path("<uuid:key>/record.pdf", session.record_pdf, name="record-pdf"),
    path("<uuid:key>/ranking/", views.ranking, name="ranking"),
    path("<uuid:key>/problems/", views.problem_list, name="problems"),
    path("<uuid:key>/problems/<slug:slug>/name/", views.rename, name="rename"),
    path("<uuid:key>/problems/<slug:slug>/", views.problem_page, name="problem"),
    path("<uuid:key>/problems/<slug:slug>/note/", views.note, name="note"),
    path("<uuid:key>/problems/<slug:slug>/decision/", views.decision, name="decision"),
    path("<uuid:key>/outline/", outline.outline_page, name="outline"),
    path("<uuid:key>/outline/<slug:code>/", outline.part_page, name="part"),
    path("<uuid:key>/outline/<slug:code>/gap/", outline.gap_page, name="part-gap"),
    path("<uuid:key>/outline/<slug:code>/agree/", outline.agree_page, name="agree-part"),
    path("<uuid:key>/approvals/", outline.approvals_page, name="approvals"),
    path("<uuid:key>/approvals/new/", outline.approval_page, name="approval"),
    path("<uuid:key>/draft/", views.draft, name="draft"),
    path("<uuid:key>/figures/<str:figure>/", views.figure_page, name="figure"),
    path("<uuid:key>/figures/<str:figure>/rows.csv", views.figure_rows, name="figure-rows"),
]
