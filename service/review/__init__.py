"""The workbench: the pages on which people read a translation beside its original."""

from service.review.pages import review_blueprint

__all__ = ["review_blueprint"]
