"""What was accepted or chosen since an assessment was analysed, and would move it if it were analysed again."""

from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries import held_releases
from wardmote.strategy.evidence.queries.boundaries import chosen_lookup

from . import analysis_of
from .scope import held_until, whole_months_until


def newer_evidence(assessment: Assessment) -> tuple[str, ...]:
    """Return the titles of the data sets that an assessment rests on and of which something newer counts now.

    Nothing before the first analysis. What was accepted after the data cut-off does not count, and is not named.
    """
    rows = assessment.cited.values_list("release__dataset", "release__digest", "months")
    cited = {(digest, tuple(months)) for _, digest, months in rows}
    datasets = {dataset for dataset, _, _ in rows}
    counting = held_releases(is_sample=assessment.partnership.is_sample, until=assessment.data_cut_off_on)
    held = held_until(counting, whole_months_until(assessment.as_at))
    new = {one.release for one in held if one.dataset in datasets and (one.release, one.months) not in cited}
    titles = Release.objects.filter(digest__in=new).values_list("title", flat=True)
    return tuple(sorted(set(titles)))


def chosen_boundaries_since(assessment: Assessment) -> str:
    """Return the title of the lookup that was chosen since an assessment was analysed by another, else empty."""
    chosen, analysis = chosen_lookup(assessment.partnership), analysis_of(assessment)
    if not chosen or analysis is None or analysis["lookup"].partition(" (")[0] == chosen:
        return ""
    return Release.objects.filter(dataset=chosen).values_list("title", flat=True).first() or chosen
