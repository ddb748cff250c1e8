"""Addresses of sign-in and of the members pages."""

from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("", views.member_list, name="list"),
    path("people/new/", views.add_person_page, name="add-person"),
    path("agencies/new/", views.add_agency_page, name="add-agency"),
    path("partnership/", views.choose_page, name="choose"),
    path("partnership/<slug:code>/", views.confirm_page, name="confirm"),
    path("seats/", views.seats_page, name="seats"),
    path("seats/new/", views.seat_page, name="add-seat"),
    path("seats/<uuid:key>/", views.seat_page, name="seat"),
    path("seats/<uuid:key>/remove/", views.remove_seat_page, name="remove-seat"),
    path("year/", views.year_page, name="year"),
    path("year/<uuid:key>/", views.move_date_page, name="move-date"),
    path("appointments/<uuid:key>/end/", views.end_appointment_page, name="end-appointment"),
]
