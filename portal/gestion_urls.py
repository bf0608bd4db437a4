from django.urls import path

from portal import call, duplicates, gestion, handover, week_sheet

app_name = "gestion"
urlpatterns = [
    path("login/", gestion.sign_in, name="sign-in"),
    path("logout/", gestion.sign_out, name="sign-out"),
    path("password_change/", gestion.change_password, name="change-password"),
    path("recherche/", gestion.search, name="search"),
    path("appel/", call.call_new, name="call"),
    path("appel/ressemblances/", call.look_alikes, name="look-alikes"),
    path("doublons/", duplicates.index, name="duplicates"),
    path(
        "doublons/<slug:kind>/<int:first>/<int:second>/distincts/",
        duplicates.distinct,
        name="distinct",
    ),
    path("doublons/<int:pk>/annuler/", duplicates.alike_again, name="alike-again"),
    path("ma-semaine/imprimer/", week_sheet.week_sheet, name="week-sheet"),
    path("releve/<int:pk>/", handover.booklet, name="handover"),
    path("taches/<int:pk>/fait/", gestion.task_finish, name="task-finish"),
    path("taches/<int:pk>/a-refaire/", gestion.task_reopen, name="task-reopen"),
]
