"""Consultation as a Django app."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """Holds consultations, what they came to, and perception surveys over time; no answer of a respondent."""

    name = "wardmote.strategy.consultation"
    label = "consultation"
