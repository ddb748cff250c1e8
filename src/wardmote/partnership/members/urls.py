"""Addresses of sign-in and of the members pages."""

from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("", views.member_list, name="list"),
    path("people/new/", views.add_person_page, name="add-person"),
    path("agencies/new/", views.add_agency_page, name="add-agency"),
    path("appointments/<uuid:key>/end/", views.end_appointment_page, name="end-appointment"),
]
