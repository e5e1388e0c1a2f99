"""A report of a change of a few resources, as if there were many more of the same kind: none that large is kept."""

from assurance.pull_request.report import Changed, Listed, Operation, Report


def grown(report: Report, number: int) -> Report:
    """The report with so many changes, the first of which stand for all."""
    few = report.changes.items
    every = tuple(_another(few[at % len(few)], at) for at in range(number))
    systems = tuple(
        each.model_copy(
            update={
                str(word): sum(change.system == each.name and change.operation is word for change in every)
                for word in Operation
            }
        )
        for each in report.systems
    )
    more = number - len(few)
    proof = report.proof.model_copy(
        update={"registered": report.proof.registered + more, "judged": report.proof.judged + more}
    )
    return report.model_copy(update={"changes": Listed(items=every, total=number), "systems": systems, "proof": proof})


def _another(change: Changed, at: int) -> Changed:
    return change.model_copy(update={"name": f"{change.name.rstrip('0123456789')}{at}", "needs": ()})
