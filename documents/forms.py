from django import forms
from django.core.exceptions import ValidationError

from casework.forms import PlainForm
from documents import images, intake, verifying
from documents.keeping import Upload, clean_name
from documents.models import Document

ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx,.odt"
HELP = (
    "PDF, photo (JPEG, PNG, HEIC) ou texte (DOCX, ODT), "
    f"{intake.MAX_SIZE // 1024 // 1024} Mo au plus."
)


class UploadField(forms.FileField):
    """One file; its cleaned value is an `intake.Upload`, ready for `receive`."""

    widget = forms.FileInput

    def __init__(self, *, label="Document", help_text=HELP, **options):
        super().__init__(label=label, help_text=help_text, **options)
        self.error_messages |= {
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
        }

    def widget_attrs(self, widget):
        return {"accept": ACCEPT}

    def to_python(self, data):
        # The name is judged and shortened by the intake, not by its length here.
        if data in self.empty_values:
            return None
        return intake.examine(data)


class PictureField(UploadField):
    """One photo to show on a page, made small enough for a slow line."""

    SIDE = 1600

    def __init__(self, *, label="Photo", help_text=None, **options):
        weight = intake.MAX_SIZE // 1024 // 1024
        help_text = help_text or f"JPEG, PNG ou HEIC, {weight} Mo au plus."
        super().__init__(label=label, help_text=help_text, **options)

    def widget_attrs(self, widget):
        return {"accept": ".jpg,.jpeg,.png,.heic,.heif"}

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.media_type not in Document.PICTURES:
            raise ValidationError("Ce n'est pas une photo : JPEG, PNG ou HEIC.")
        jpeg = Document.MediaType.JPEG
        name = clean_name(upload.name.rpartition(".")[0], jpeg)
        return Upload(name, jpeg, images.reduced(upload.content, self.SIDE))


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files at once; the cleaned value is a list, empty when none came."""

    widget = SeveralFilesInput

    def __init__(self, *, label="Documents", max_files=5, **options):
        self.max_files = max_files
        super().__init__(label=label, **options)

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if not files:
            if self.required:
                raise ValidationError(self.error_messages["required"], "required")
            return []
        if len(files) > self.max_files:
            raise ValidationError(
                f"Envoyez {self.max_files} fichiers au plus à la fois.", "too_many"
            )
        return self._examine_each(files)

    def _examine_each(self, files):
        uploads, refusals = [], []
        for file in files:
            try:
                uploads.append(super().clean(file))
            except ValidationError as refusal:
                sentences = " ".join(refusal.messages)
                refusals.append(
                    ValidationError(f"« {file.name[:60]} » : {sentences}", refusal.code)
                )
        if refusals:
            raise ValidationError(refusals)
        return uploads


class PieceForm(forms.Form):
    """One file for one piece; the page shows a form for each."""

    file = UploadField(label="Fichier", help_text="")

    def __init__(self, *args, piece=None, **kwargs):
        prefix = f"piece-{piece.pk}" if piece else None
        super().__init__(*args, prefix=prefix, **kwargs)


class VerifyCodeForm(PlainForm, forms.Form):
    """The code as it is printed; dashes, spaces and case do not matter."""

    when_blank = {"code": "Recopiez le code qui figure sur le document."}

    code = forms.CharField(
        label="Code de vérification",
        help_text="Douze lettres et chiffres, au bas de chaque page : ABCD-EFGH-2345.",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

    def clean_code(self):
        code = verifying.normalised(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                "Un code compte douze lettres et chiffres, sans I, L, O, U, 0 ni 1. "
                "Relisez celui du document."
            )
        return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


class VerifyFileForm(PlainForm, forms.Form):
    """A file to compare with the original; it is read, and never kept."""

    file = forms.FileField(
        label="Le fichier PDF à vérifier",
        help_text="20 Mo au plus. Nous le lisons, et n’en gardons rien.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {
            "required": "Choisissez le fichier à vérifier.",
            "empty": "Ce fichier est vide : ce n’est pas l’original.",
        }

    def clean_file(self):
        uploaded = self.cleaned_data["file"]
        if uploaded.size > verifying.MAX_SIZE:
            raise ValidationError(
                "Ce fichier dépasse 20 Mo : aucun de nos documents n’est si lourd."
            )
        return uploaded
