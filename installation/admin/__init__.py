from .dossier import InstallationRequestAdmin

__all__ = ["InstallationRequestAdmin"]
