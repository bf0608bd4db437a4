from unfold.admin import ModelAdmin


class OfficialAdmin(ModelAdmin):
    """Rows that come from official files: read here, changed by the importers."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class KeptAdmin(ModelAdmin):
    """Rows that dossiers refer to: they are put aside, never deleted."""

    def has_delete_permission(self, request, obj=None):
        return False
