from django_redis.cache import RedisCache


class OptionalCache(RedisCache):
    """A cache that may be down: nothing is kept then, and the site goes on.

    Sessions are read in the database. Whoever asks for a lock gets it: without a
    cache nobody can be made to wait, and a refusal would close the sign-in page.
    """

    def add(self, *args, **kwargs):
        added = super().add(*args, **kwargs)
        return True if added is None else added
