"""What compliance tools and the program ask of Oracle's API is answered, or stands on the page as missing."""

from tests.documents.api_door import answers, called_by_tools, operations_in_use, text

# Service limits: what a tenancy's limits are, nobody tells in a form that the API has.
MISSING = {"ListServices", "ListLimitValues", "GetResourceAvailability"}


def test_what_compliance_tools_call_is_answered_but_for_limits() -> None:
    called = [*called_by_tools()]
    assert len(called) == 74
    assert {each.api_name for each in called if not answers(each)} == MISSING


def test_the_page_names_what_is_missing_and_counts_the_rest() -> None:
    used = operations_in_use()
    missing = {each.api_name for each in used if not answers(each)}
    assert missing == MISSING
    assert len(used) > 600
    assert f"**{len(used) - len(missing)} of {len(used)} used operations are answered.**" in text()
    assert all(f"`{name}`" in text() for name in MISSING)
    assert "`oci:DevOps/repositoryProtectedBranchManagement:RepositoryProtectedBranchManagement`" in text()
