"""The addresses of the site."""

from django.urls import include, path

from wardmote.web import views

urlpatterns = [
    path("", include("wardmote.home.urls")),
    path("", include("wardmote.web.urls")),
    path("members/", include("wardmote.partnership.members.urls")),
    path("", include("wardmote.partnership.notices.urls")),
    path("evidence/", include("wardmote.strategy.evidence.urls")),
    path("consultations/", include("wardmote.strategy.consultation.urls")),
    path("assessments/", include("wardmote.strategy.assessment.urls")),
    path("published/", include("wardmote.strategy.publishing.urls")),
]
handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
