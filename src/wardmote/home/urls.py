"""The address of the home page, and of sign-in beside it."""

from django.urls import path

from wardmote.partnership.members.views import sign_in, sign_out

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("set-up/", views.setup, name="setup"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
]
