"""Consultations with what they came to, and perception surveys over time; counts alone, never one person's."""

from django.db import models

from wardmote.access.records import DataClass, Record
from wardmote.partnership.members.models import Partnership

from .rules import Method, Order, QuestionKind, Sampling


class Consultation(Record):
    """One time that people were asked: who, how, when, by whom, how many answered, and what that leaves unsure."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=200)
    asked = models.CharField(max_length=300)
    method = models.CharField(max_length=20, choices=[(m, m) for m in Method])
    sampling = models.CharField(max_length=20, choices=[(s, s) for s in Sampling])
    from_on = models.DateField()
    to_on = models.DateField()
    base = models.PositiveIntegerField()
    reached = models.TextField()
    run_by = models.CharField(max_length=200)
    caveats = models.TextField(blank=True)
    # Where the population's shares in the profile come from; blank while there is no profile.
    population_source = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_key = models.UUIDField()

    class Meta:
        ordering = ["-to_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="consultation_consultation_once"),
            models.CheckConstraint(condition=models.Q(method__in=list(Method)), name="consultation_method_known"),
            models.CheckConstraint(condition=models.Q(sampling__in=list(Sampling)), name="consultation_sampling_known"),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="consultation_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=models.Q(base__gt=0), name="consultation_somebody_answered"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(Record):
    """A question in its public wording, how many answered it, and how its items are ordered."""

    data_class = DataClass.INTERNAL
    retention_years = None

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="questions")
    wording = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in QuestionKind])
    # How many items each respondent could choose; none where they were ranked.
    most = models.PositiveSmallIntegerField(null=True)
    order = models.CharField(max_length=10, choices=[(o, o) for o in Order], blank=True)
    base = models.PositiveIntegerField()
    # Whether somebody has said which of our problems the items are.
    is_mapped = models.BooleanField(default=False)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["counted_at"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "wording"], name="consultation_question_once"),
            models.CheckConstraint(condition=models.Q(base__gt=0), name="consultation_question_answered"),
            models.CheckConstraint(
                condition=models.Q(kind=QuestionKind.RANKING, most__isnull=True, order__in=list(Order))
                | models.Q(kind=QuestionKind.CHOICES, most__isnull=False, most__gte=1, order=""),
                name="consultation_question_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.wording


class Item(Record):
    """Something that respondents could rank or choose, and the problem of ours that it is; blank is none of ours."""

    data_class = DataClass.INTERNAL
    retention_years = None

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(max_length=200)
    problem = models.SlugField(max_length=80, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["question", "title"], name="consultation_item_once")]

    def __str__(self) -> str:
        return self.title


class Count(Record):
    """How often an item got a place; a chosen item has one count, under place 1."""

    data_class = DataClass.INTERNAL
    retention_years = None

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="counts")
    place = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="consultation_count_once"),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="consultation_count_has_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ProfileGroup(Record):
    """How many respondents were of a group, beside the group's share of the population."""

    data_class = DataClass.INTERNAL
    retention_years = None

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="profile")
    feature = models.CharField(max_length=120)
    group = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    respondents = models.PositiveIntegerField()
    population_percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "feature", "group"], name="consultation_group_once"),
            models.CheckConstraint(
                condition=models.Q(population_percent__gte=0, population_percent__lte=100),
                name="consultation_group_share_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feature}: {self.group}"


class Series(Record):
    """One question of a perception survey in one area, asked again and again."""

    data_class = DataClass.INTERNAL
    retention_years = None

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="survey_series")
    survey = models.CharField(max_length=200)
    question = models.CharField(max_length=300)
    area = models.CharField(max_length=200)
    # What the national value and the rank are taken over, for example England and Wales; police force areas.
    compared_with = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["survey", "question", "area"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "survey", "question", "area"], name="consultation_series_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.question}"


class Wave(Record):
    """One value of a series: its period, its base where given, the national value and the rank among others."""

    data_class = DataClass.INTERNAL
    retention_years = None

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="waves")
    period = models.CharField(max_length=120)
    ended_on = models.DateField()
    value = models.DecimalField(max_digits=5, decimal_places=2)
    base = models.PositiveIntegerField(null=True)
    national = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    ranked = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)
    # What changed in the method before this wave; nothing is compared across it.
    break_before = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["ended_on"]
        constraints = [
            models.UniqueConstraint(fields=["series", "ended_on"], name="consultation_wave_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0, value__lte=100), name="consultation_wave_value_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(base__isnull=True) | models.Q(base__gt=0), name="consultation_wave_base_possible"
            ),
            models.CheckConstraint(
                condition=models.Q(rank__isnull=True, ranked__isnull=True)
                | models.Q(rank__isnull=False, ranked__isnull=False, rank__gte=1, ranked__gte=models.F("rank")),
                name="consultation_wave_rank_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.period}"
