from casework.catalogue import MessageTemplate

TEMPLATES = [
    MessageTemplate(
        key="documents.signature-code",
        title="Le code pour signer un document",
        subject="Votre code pour signer : {document}",
        body=(
            "Bonjour,\n\nVoici le code qui vous permet de signer le document "
            "« {document} » :\n\n> {code}\n\n"
            "Il est valable {minutes} minutes et ne sert qu'une fois. Ne le donnez à "
            "personne : nous ne vous le demanderons ni par téléphone, ni par courriel. "
            "Si vous n'avez rien demandé, ignorez ce message."
        ),
        variables={
            "document": "Nature du document",
            "code": "Le code, à six chiffres",
            "minutes": "Durée du code, en minutes",
        },
        samples={
            "document": "état des lieux d'entrée",
            "code": "402 918",
            "minutes": "15",
        },
        secret=True,
    ),
]
