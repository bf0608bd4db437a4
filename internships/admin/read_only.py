"""What the back-office shows and does not change by hand."""


class ReadOnly:
    """A rule decides of these rows: nothing is typed into them."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
