"""Finding listings by words: French endings, accents and slips are forgiven.

Words are stored without accents and stemmed by Postgres' own French dictionary; a
word that no listing holds is looked for by likeness.
"""

from django.contrib.postgres.search import SearchQuery
from django.db import connections, models, transaction

from territory.sorting import search_key

# Below, a word shares too few letters with another: « marmadne » and « Marmande »
# are alike at 0.56.
SIMILAR_ENOUGH = 0.5
# Articles and the like resemble everything.
SHORTEST_WORD = 3
MOST_LOOK_ALIKES = 500


def find(listings: models.QuerySet, text: str) -> models.QuerySet:
    """Those that hold every word, else those with words that look like them."""
    words = search_key(text).split()
    for spelled in (_as_typed, _with_letters_swapped):
        if query := spelled(words):
            found = listings.filter(search_vector=query)
            if found.order_by().values("pk")[:1]:
                return found
    return _look_alikes(listings, words)


def _as_typed(words: list[str]) -> SearchQuery | None:
    return SearchQuery(" ".join(words), config="french") if words else None


def _with_letters_swapped(words: list[str]) -> SearchQuery | None:
    """« pédaitre »: two letters in each other's place, which trigrams miss."""
    if not words:
        return None
    groups = [f"({' | '.join(_swaps(word))})" for word in words]
    return SearchQuery(" & ".join(groups), config="french", search_type="raw")


def _swaps(word: str) -> list[str]:
    swapped = (
        word[:index] + word[index + 1] + word[index] + word[index + 2 :]
        for index in range(len(word) - 1)
    )
    return [word, *swapped]


def _look_alikes(listings: models.QuerySet, words: list[str]) -> models.QuerySet:
    long_words = [word for word in words if len(word) >= SHORTEST_WORD]
    if not long_words:
        return listings.none()
    alike = models.Q(
        *[("search_text__trigram_word_similar", word) for word in long_words]
    )
    found = listings.filter(alike).order_by().values_list("pk", flat=True)
    with transaction.atomic(), connections[listings.db].cursor() as cursor:
        # The index answers at the threshold of the session, not of the query.
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(SIMILAR_ENOUGH)],
        )
        keys = list(found[:MOST_LOOK_ALIKES])
    return listings.filter(pk__in=keys)
