"""Accept the logo of a Département: a small picture, and nothing but a picture."""

from io import BytesIO

from django.core.exceptions import ValidationError
from PIL import Image

LARGEST = 200_000
LONGEST_SIDE = 2000
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


def read(uploaded) -> tuple[bytes, str]:
    """The bytes and their media type, drawn again so that only pixels remain."""
    if uploaded.size > LARGEST:
        raise ValidationError(
            f"Le logo pèse {uploaded.size // 1000} ko, la limite est de "
            f"{LARGEST // 1000} ko."
        )
    try:
        with Image.open(uploaded, formats=list(MEDIA_TYPES)) as picture:
            if max(picture.size) > LONGEST_SIDE:
                raise ValidationError(
                    f"Le logo mesure {picture.width} × {picture.height} pixels, la "
                    f"limite est de {LONGEST_SIDE} de côté."
                )
            drawn = BytesIO()
            picture.save(drawn, picture.format, optimize=True)
            return drawn.getvalue(), MEDIA_TYPES[picture.format]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(
            "Ce fichier n'est pas une image PNG ou JPEG lisible. Un SVG se convertit "
            "en PNG."
        ) from None
