from django import forms
from django.core.exceptions import ValidationError

from documents import intake

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
