"""What `briefing check --claims` looks at: claims and predictions, and the numbers in tables."""

from __future__ import annotations

from collections.abc import Iterator

from briefings.documents.model import Document, Fault
from briefings.ledger.ledger import claims_of, verdict_of
from briefings.ledger.verdicts import day_of
from briefings.review.audit import audit
from briefings.review.document_checks import check_document, conflicts
from briefings.review.review import dates_in
from tui.cli.arithmetic import moments_of
from tui.cli.holding import holding
from tui.cli.session import Session
from tui.cli.statusline import counted


def claim_faults(session: Session) -> list[Fault]:
    """Everything found in the documents of the library, as warnings."""
    desk = session.desk
    documents = [document for each in desk.documents() if (document := desk.document(each.id))]
    found: list[Fault] = [each.fault() for each in conflicts(documents)]
    dates_of = dates_in(desk)
    with holding(session) as held:
        moments = moments_of(held)
        for document in counted(documents, "Checking", "documents"):
            published = day_of(document)
            verdicts = {
                claim: verdict_of(statement, published, moments) for claim, statement in claims_of(document)
            }
            found += (each.fault() for each in check_document(document, verdicts, dates_of))
            found += _audited(document)
    return found


def _audited(document: Document) -> Iterator[Fault]:
    """The cells of tables that do not come out as they are printed."""
    for found in audit(document):
        if not found.holds:
            yield Fault(document.path, found.line, f"table: {found}", "warning")
