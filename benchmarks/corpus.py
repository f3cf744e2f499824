"""French news sentences to measure with: written for this project, put together by a fixed seed.

No two are equal, so that translating equal sentences once wins nothing here.
"""

from __future__ import annotations

import random

WHO = (
    "Le ministre de l’Économie",
    "La maire de Nantes",
    "Une porte-parole de la préfecture",
    "Le syndicat des enseignants",
    "Selon plusieurs témoins, le conducteur",
    "La présidente de la région",
    "D’après le journal, un ancien conseiller",
    "Le tribunal administratif de Lyon",
    "Un collectif d’habitants",
    "La Banque centrale européenne",
    "L’entraîneur de l’équipe nationale",
    "Le directeur de l’hôpital",
)
DID = (
    "a annoncé",
    "aurait proposé",
    "n’a pas confirmé",
    "a rejeté mardi",
    "souhaite repousser",
    "devrait présenter",
    "a critiqué",
    "aurait refusé",
    "a promis d’examiner",
    "n’envisage plus de défendre",
)
WHAT = (
    "un plan de 12,5 millions d’euros",
    "la fermeture de deux lignes de tramway",
    "une hausse de 3 % des tarifs de l’eau",
    "la construction d’un pont sur la Loire",
    "un accord sur le temps de travail",
    "la réforme du calendrier scolaire",
    "une enquête sur l’origine de l’incendie",
    "le rapport remis en 2023 par la Cour des comptes",
    "l’ouverture d’un centre d’accueil pour les réfugiés",
    "un projet de loi sur la protection des données",
    "la nomination de trois nouveaux juges",
)
WHERE = (
    "",
    "lors d’une réunion à huis clos",
    "devant les députés",
    "dans un entretien accordé à la presse locale",
    "au cours d’une visite dans les quartiers nord de la ville",
    "pendant le conseil municipal de lundi soir",
    "à l’issue de cinq heures de débats",
)
THEN = (
    "",
    "tout en reconnaissant que le calendrier reste incertain",
    "alors que l’opposition réclame un vote avant la fin du mois de juin",
    "mais les associations de parents demandent davantage de garanties",
    "ce qui pourrait retarder l’ouverture du chantier de plusieurs mois",
    "une décision que les riverains jugent tardive et mal expliquée",
    "car les recettes de la commune ont baissé pour la quatrième année de suite",
)


def sentences(count: int, seed: int = 20) -> list[str]:
    """`count` different sentences, of about 8 to 45 words, the same ones for the same seed."""
    chooser = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [chooser.choice(kind) for kind in (WHO, DID, WHAT, WHERE)]
        text = " ".join(part for part in parts if part)
        for clause in chooser.sample(THEN, chooser.choice((0, 0, 0, 1))):
            text += f", {clause}" if clause else ""
        found[text + "."] = None
    return list(found)
