"""The demonstration: who to sign in as, and the mail the portal sent."""

from dataclasses import dataclass

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from accounts import roles
from accounts.models import User
from casework.models import Message

PASSWORD = "bienvenue-demo"  # noqa: S105 (written on the page)
MESSAGES_A_PAGE = 30
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class DemoPerson:
    """Someone of the demonstration; invented, like everything around them."""

    key: str
    first_name: str
    last_name: str
    what: str
    group: str = ""
    title: str = ""
    phone: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


DESK = [
    DemoPerson(
        "accueil",
        "Claire",
        "Dumas",
        "Le guichet, installation et famille : la file des demandes, Ma semaine.",
        roles.ACCUEIL,
        phone="+33536491248",
    ),
    DemoPerson(
        "terrain",
        "Mathilde",
        "Laborde",
        "Le guichet, sur le terrain : ses dossiers, et ceux de Claire en son absence.",
        roles.ACCUEIL,
        phone="+33536491249",
    ),
    DemoPerson(
        "direction",
        "Hélène",
        "Castaing",
        "La direction : tous les dossiers, la charge de chacun.",
        roles.DIRECTION,
        phone="+33536491250",
    ),
    DemoPerson(
        "finances",
        "Bruno",
        "Lagarde",
        "Les finances : les demandes d’aide à lire, aucun dossier d’installation.",
        roles.FINANCES,
    ),
    DemoPerson(
        "communication",
        "Inès",
        "Marty",
        "La communication : les modèles de messages.",
        roles.COMMUNICATION,
    ),
    DemoPerson(
        "elue",
        "Sylvie",
        "Bonnefoy",
        "Une élue : les structures aidées, les chiffres, aucune donnée de personne.",
        roles.ELUS,
    ),
]
APPLICANTS = [
    DemoPerson(
        "medecin",
        "Camille",
        "Roussel",
        "Une médecin généraliste qui s’installe : un plan, des besoins, des échanges.",
        title="dre",
        phone="+33536490101",
    ),
    DemoPerson(
        "conjoint",
        "Julien",
        "Roussel",
        "Son conjoint, infirmier : invité du côté famille du même dossier.",
        phone="+33536490102",
    ),
    DemoPerson(
        "interne",
        "Léa",
        "Faure",
        "Une interne de médecine générale : son stage, sa chambre, un loyer payé.",
        phone="+33536490103",
    ),
    DemoPerson(
        "dentaire",
        "Hugo",
        "Pélissier",
        "Un étudiant en odontologie : un stage déclaré, une chambre à confirmer.",
        phone="+33536490104",
    ),
    DemoPerson(
        "boursiere",
        "Manon",
        "Delrieu",
        "Une étudiante boursière : son premier contact avec le guichet.",
        phone="+33536490105",
    ),
]
PARTNERS = [
    DemoPerson(
        "partenaire",
        "Nathalie",
        "Garric",
        "Une partenaire : les besoins confiés à son organisme.",
        phone="+33536490110",
    ),
    DemoPerson(
        "mairie",
        "Pierre",
        "Lacoste",
        "Un secrétaire de mairie : ses logements, les besoins confiés à sa commune.",
        phone="+33536490111",
    ),
    DemoPerson(
        "maitre-de-stage",
        "Anne",
        "Pujol",
        "Une maître de stage : ses offres de stage et d’exercice, qui arrive quand.",
        title="dre",
        phone="+33536490112",
    ),
]
PEOPLE = [*APPLICANTS, *DESK, *PARTNERS]


@login_not_required
@require_safe
def index(request):
    messages = Message.objects.order_by("-pk")
    recipient = request.GET.get("pour", "").replace("\x00", "").strip()[:254]
    if recipient:
        messages = messages.filter(recipient__iexact=recipient)
    context = {
        "groups": [
            ("Qui demande", APPLICANTS),
            ("Le Département", DESK),
            ("Les partenaires", PARTNERS),
        ],
        "password": PASSWORD,
        "recipient": recipient,
        "query": urlencode({"pour": recipient}) if recipient else "",
        "page": Paginator(messages, MESSAGES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/demo/index.html", context)


@login_not_required
@require_POST
def sign_in(request, key):
    if key not in {person.key for person in PEOPLE}:
        raise Http404
    user = get_object_or_404(User, email=f"{key}@demo.example", is_active=True)
    login(request, user, backend=BACKEND)
    return redirect(reverse("admin:index") if user.is_staff else "/mon-espace/")


@login_not_required
@require_safe
@csp_update({"frame-src": [SELF]})
def message_detail(request, pk):
    message = get_object_or_404(Message, pk=pk)
    return render(
        request,
        "portal/demo/message_detail.html",
        {"message": message, "text": message.parts()[0]},
    )


@login_not_required
@require_safe
@xframe_options_sameorigin
@csp_replace(
    {
        "script-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
    }
)
def message_html(request, pk):
    """The HTML part alone, for the frame of the page above: links open on top."""
    message = get_object_or_404(Message, pk=pk)
    _text, html = message.parts()
    page = html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(page)
