"""Where figures are made: releases, readers of published files, and measures; knows nothing of Django."""
