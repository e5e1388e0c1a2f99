"""`lanes`: every lane that is written down, how long it is open, and whose it is."""

from rich.console import Console
from rich.text import Text

from boundary import Boundary
from runs.lanes import LaneDays, dated

NONE = "stacks/boundary.yaml has no lane: nothing may cross"


def show_lanes(boundary: Boundary, console: Console) -> None:
    """Writes two lines a lane, the lane that ends first on top."""
    lanes = dated(boundary.declared_lanes)
    if not lanes:
        console.print(NONE)
        return
    rows = [(each.lane.name, each.lane.direction, ", ".join(sorted(each.lane.data_classes))) for each in lanes]
    widths = [max(len(cells[column]) for cells in rows) for column in range(3)]
    for each, cells in zip(lanes, rows, strict=True):
        columns = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        counts = each.lane in boundary.lanes
        console.print(Text.assemble((columns, "bold"), "  ", _until(each, counts)))
        lane = each.lane
        console.print(Text(f"  {lane.owner}; approved by {lane.approver}; {lane.ticket}", style="dim"))


def _until(each: LaneDays, counts: bool) -> Text:
    if not counts:
        return Text("off by the content switch", style="dim")
    return Text(each.sentence, style="bold yellow" if each.near else "")
