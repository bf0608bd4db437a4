from django.core import checks


@checks.register(deploy=True)
def check_seal(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """A seal that is configured opens: it is not the first agreement that finds out."""
    from documents import sealing

    if not sealing.is_configured():
        return []
    try:
        sealing.opened_key()
    except sealing.SealUnavailable as error:
        return [checks.Error(str(error), id="documents.E001")]
    return []
