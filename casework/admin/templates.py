"""The words of the mails, as staff choose them."""

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django import forms
from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from casework import catalogue, writing
from casework.journal import record
from casework.models import EmailTemplate


class EmailTemplateForm(forms.ModelForm):
    """Shows the words in use; those of the portal are not copied into the row."""

    class Meta:
        model = EmailTemplate
        fields = ["subject", "body"]
        widgets = {
            "subject": UnfoldAdminTextInputWidget(),
            "body": UnfoldAdminTextareaWidget(attrs={"rows": 16}),
        }
        help_texts = {
            "subject": "Vide, l'objet d'origine revient.",
            "body": (
                "Une ligne vide sépare les paragraphes, « - » commence une liste, "
                "« > » un encadré, et [Ouvrir mon dossier]({lien}) fait le bouton. "
                "Vide, le texte d'origine revient."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = catalogue.templates().get(self.instance.key)
        if self.template:
            self.initial["subject"] = self.instance.subject or self.template.subject
            self.initial["body"] = self.instance.body or self.template.body

    def clean_subject(self):
        return self._own_words("subject")

    def clean_body(self):
        return self._own_words("body")

    def _own_words(self, name):
        words = self.cleaned_data[name].replace("\r\n", "\n").strip()
        if self.template is None or words == getattr(self.template, name).strip():
            return ""
        writing.check(self.template, words)
        return words


@admin.register(EmailTemplate)
class EmailTemplateAdmin(ModelAdmin):
    empty_text = "Aucun modèle. Lancez « manage.py migrate » : il pose ceux du portail."
    form = EmailTemplateForm
    list_display = ["title", "subject_in_use", "is_edited", "updated_at"]
    fields = ["title", "subject", "body", "variables", "preview", "updated_at"]
    readonly_fields = ["title", "variables", "preview", "updated_at"]
    search_fields = ["key", "subject", "body"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(key__in=catalogue.templates())

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview_view)
        name = "casework_emailtemplate_preview"
        return [path("<int:pk>/apercu/", preview, name=name), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        obj.updated_at = timezone.now()
        obj.updated_by = request.user
        super().save_model(request, obj, form, change)
        record("casework.template.edited", subject=obj, actor=request.user)

    @admin.display(description="message", ordering="key")
    def title(self, row):
        return str(row)

    @admin.display(description="objet")
    def subject_in_use(self, row):
        return row.subject or catalogue.templates()[row.key].subject

    @admin.display(description="retouché", boolean=True)
    def is_edited(self, row):
        return row.is_edited

    @admin.display(description="variables")
    def variables(self, row):
        allowed = catalogue.templates()[row.key].allowed
        items = format_html_join(
            "", "<li><code>{{{}}}</code> : {}</li>", allowed.items()
        )
        return format_html("<ul>{}</ul>", items)

    @admin.display(description="aperçu")
    def preview(self, row):
        letter = self._sample(row)
        return format_html(
            '<p><strong>{}</strong></p><pre class="desk-letter">{}</pre>'
            '<p><a href="{}" target="_blank">Voir la mise en forme'
            " (nouvel onglet)</a></p>",
            letter.subject,
            letter.text,
            reverse("admin:casework_emailtemplate_preview", args=[row.pk]),
        )

    def preview_view(self, request, pk):
        row = get_object_or_404(EmailTemplate, pk=pk)
        if row.key not in catalogue.templates() or not self.has_view_permission(
            request, row
        ):
            raise Http404
        if request.method == "POST":
            # The words typed, which the row of this request alone receives.
            form = EmailTemplateForm(request.POST, instance=row)
            if not form.is_valid():
                refusals = [said for field in form.errors.values() for said in field]
                context = {"refusals": refusals}
                return render(request, "casework/letter_refused.html", context)
        return _page(request, self._sample(row).html)

    def _sample(self, row):
        template = catalogue.templates()[row.key]
        values = {name: template.sample(name) for name in template.variables}
        return writing.write(template, values, row=row)


@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE]})
def _page(request, html):
    """A letter brings its styles with it, and nothing else may run."""
    return HttpResponse(html)
