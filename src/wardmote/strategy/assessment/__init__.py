"""The strategic assessment: problems, scores, ranking, decisions."""
